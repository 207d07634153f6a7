import { Button } from 'react-aria-components'
import { writeAddress } from '../view/address'
import { emptyFilter } from '../view/filter'
import type { Address } from '../view/use-address'

/** What to do where there is nothing to show: take filters off, or bring sessions in. */
export function Emptiness({ address }: { address: Address }) {
  const isNarrowed = writeAddress(address.filter).size > 0
  if (isNarrowed)
    return (
      <div className="empty">
        <h2>No session matches</h2>
        <p>Take a filter off, or look among archived and workload sessions too.</p>
        <p>
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
