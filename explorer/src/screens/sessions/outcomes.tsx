import { Button } from 'react-aria-components'
import styles from './bulk-bar.module.css'
import type { Bulk } from './use-bulk'

/** What came of the last act: how many were done, why others were not, and the way back. */
export function Outcomes({ bulk: { report, isBusy, forget } }: { bulk: Bulk }) {
  if (report === null)
    return isBusy ? (
      <p className={styles.outcomes} role="status">
        Working…
      </p>
    ) : null
  const { outcomes, done, failure, undo } = report
  const count = (result: string) => outcomes.filter((outcome) => outcome.result === result).length
  const refused = outcomes.filter((outcome) => outcome.refusal !== null)
  const parts = [
    `${count('DONE')} ${done}`,
    count('UNCHANGED') > 0 && `${count('UNCHANGED')} so already`,
    refused.length > 0 && `${refused.length} refused`,
  ].filter((part) => part !== false)
  return (
    <div className={styles.outcomes} role="status">
      <span>{parts.join(', ')}.</span>
      {undo !== null && (
        <Button className="button" onPress={undo} isDisabled={isBusy}>
          Undo
        </Button>
      )}
      <Button className="button plain" onPress={forget}>
        Dismiss
      </Button>
      {(failure !== null || refused.length > 0) && (
        <ul className={styles.refusals}>
          {failure !== null && <li>{failure.message}</li>}
          {refused.map(({ uuid, refusal }) => (
            <li key={uuid}>
              <code>{uuid.slice(0, 8)}</code> {refusal?.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
