import { Button, DialogTrigger } from 'react-aria-components'
import { compact, exact, money } from '../../format'
import { PopoverDialog } from '../../parts/popover-dialog'
import { visibleName } from '../../parts/show-controls'
import styles from './session-pane.module.css'
import { usageByModel } from './usage-by-model'
import type { Outlined } from './use-outline'

/** Which model of a session consumed what, and at what cost. */
export function ModelUsage({ outline: { rows, isWhole } }: { outline: Outlined }) {
  return (
    <DialogTrigger>
      <Button className="button plain">by model ▾</Button>
      <PopoverDialog label="Usage by model" className={styles.usage} placement="bottom start">
        <Table rows={rows} isWhole={isWhole} />
      </PopoverDialog>
    </DialogTrigger>
  )
}

function Table({ rows, isWhole }: Pick<Outlined, 'rows' | 'isWhole'>) {
  const models = usageByModel(rows)
  if (!isWhole) return <p className="muted">Reading the transcript…</p>
  if (models.length === 0) return <p className="muted">No message came with its usage.</p>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">model</th>
          <th scope="col">answers</th>
          <th scope="col">tokens</th>
          <th scope="col">cost</th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ model, answers, tokens, costUsd }) => (
          <tr key={model}>
            <th scope="row" dir="auto">
              {visibleName(model)}
            </th>
            <td>{exact(answers)}</td>
            <td title={exact(tokens)}>{compact(tokens)}</td>
            <td title={costUsd === null ? 'unknown' : `$${costUsd}`}>{money(costUsd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
