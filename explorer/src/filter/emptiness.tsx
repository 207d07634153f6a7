import { Suspense } from 'react'
import { Button } from 'react-aria-components'
import { part } from '../parts/part'
import { visibleName } from '../parts/show-controls'
import { writeAddress } from '../view/address'
import { emptyFilter } from '../view/filter'
import type { PagePath } from '../view/path'
import type { Address } from '../view/use-address'

const BringIn = part(() => import('../parts/bring-in'))

/** What to do where there is nothing to show: take filters off, or bring sessions in. */
export function Emptiness({ address, path }: { address: Address; path: PagePath }) {
  const { filter } = address
  const hidesSome = filter.archived === 'ACTIVE' || !filter.workload
  if (writeAddress(filter).size > 0)
    return (
      <div className="empty">
        <h2>No session matches</h2>
        {filter.search.trim() !== '' && (
          <p>
            None has “{visibleName(filter.search.trim())}” in its title, its first words, its agent, its model
            or its labels. Messages that have it, if any, stand above.
          </p>
        )}
        <p>
          {hidesSome
            ? 'Take a filter off, or look among archived and workload sessions too.'
            : 'Take a filter off.'}
        </p>
        <p>
          {hidesSome && (
            <Button
              className="button"
              onPress={() => address.show({ ...filter, archived: 'ANY', workload: true })}
            >
              Look among all
            </Button>
          )}
          <Button className="button" onPress={() => address.show(emptyFilter)}>
            Clear all filters
          </Button>
        </p>
      </div>
    )
  return (
    <div className="empty">
      <h2>No sessions yet</h2>
      <Suspense>
        <BringIn path={path} />
      </Suspense>
    </div>
  )
}
