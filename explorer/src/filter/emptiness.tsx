import { Button } from 'react-aria-components'
import { writeAddress } from '../view/address'
import { emptyFilter } from '../view/filter'
import type { Address } from '../view/use-address'

/** What to do where there is nothing to show: take filters off, or bring sessions in. */
export function Emptiness({ address }: { address: Address }) {
  const { filter } = address
  const hidesSome = filter.archived === 'ACTIVE' || !filter.workload
  if (writeAddress(filter).size > 0)
    return (
      <div className="empty">
        <h2>No session matches</h2>
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
      <p>Bring your own in; the folder of each agent is found by itself.</p>
      <pre>session-gateway import --from claude-code --url {location.origin}</pre>
    </div>
  )
}
