import { Button } from 'react-aria-components'
import { exact } from '../format'
import styles from './bulk-bar.module.css'
import type { Bulk, BulkReport } from './use-bulk'

/** Outcomes that are listed one by one. */
const MOST_LISTED = 1000

/** What came of the last act: how many were done, what became of each, and the way back. */
export function Outcomes({ bulk: { report, isBusy, forget } }: { bulk: Bulk }) {
  if (report === null)
    return isBusy ? (
      <p className={styles.outcomes} role="status">
        Working…
      </p>
    ) : null
  const { outcomes, done, failure, undo } = report
  const count = (result: string) => outcomes.filter((outcome) => outcome.result === result).length
  const parts = [
    `${exact(count('DONE'))} ${done}`,
    count('UNCHANGED') > 0 && `${exact(count('UNCHANGED'))} so already`,
    count('REFUSED') > 0 && `${exact(count('REFUSED'))} refused`,
  ].filter((part) => part !== false)
  return (
    <div className={styles.outcomes} role="status">
      <span>{parts.join(', ')}.</span>
      {undo !== null && (
        <Button className="button" onPress={undo} isDisabled={isBusy} preventFocusOnPress>
          Undo
        </Button>
      )}
      <Button className="button plain" onPress={forget} preventFocusOnPress>
        Dismiss
      </Button>
      {failure !== null && <p className={styles.refusal}>{failure.message}</p>}
      {outcomes.length > 1 || count('REFUSED') > 0 ? <EachOutcome report={report} /> : null}
    </div>
  )
}

/** One line an id; open where any was refused, since that is what one looks for. */
function EachOutcome({ report: { outcomes, done } }: { report: BulkReport }) {
  const refusedFirst = outcomes.toSorted(
    (a, b) => Number(b.result === 'REFUSED') - Number(a.result === 'REFUSED'),
  )
  const words = { DONE: done, UNCHANGED: 'so already', REFUSED: 'refused' } as const
  return (
    <details className={styles.each} open={refusedFirst[0]?.result === 'REFUSED'}>
      <summary>Each of them</summary>
      <ul>
        {refusedFirst.slice(0, MOST_LISTED).map(({ uuid, result, refusal }) => (
          <li key={uuid} className={result === 'REFUSED' ? styles.refusal : undefined}>
            <code title={uuid}>{uuid.slice(0, 8)}</code> {refusal?.message ?? words[result]}
          </li>
        ))}
      </ul>
      {outcomes.length > MOST_LISTED && <p>and {exact(outcomes.length - MOST_LISTED)} more</p>}
    </details>
  )
}
