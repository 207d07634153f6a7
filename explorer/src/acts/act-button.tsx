import { Button, DialogTrigger } from 'react-aria-components'
import { AskFirst } from '../parts/ask-first'
import { DialogFrame } from '../parts/dialog-frame'
import { type BulkActName, bulkActs } from './bulk-acts'
import type { ActRow } from './use-act-rows'

/** Those that the act would change and the viewer may do it to. */
export function fitting(rows: readonly ActRow[], name: BulkActName): readonly ActRow[] {
  const { right, applies } = bulkActs[name]
  return rows.filter((row) => row.viewerCan[right] && applies(row as never))
}

/** A button for an act, while it would change anything; what cannot be taken back asks first. */
export function ActButton({ name, count, onRun }: { name: BulkActName; count: number; onRun: () => void }) {
  const act = bulkActs[name]
  if (count === 0) return null
  if (!('warning' in act))
    return (
      <Button className="button" onPress={onRun}>
        {act.title}
      </Button>
    )
  return (
    <DialogTrigger>
      <Button className="button">{act.title}…</Button>
      <DialogFrame
        role="alertdialog"
        title={`${act.title} ${count} ${count === 1 ? 'session' : 'sessions'}?`}
      >
        {(close) => (
          <AskFirst
            verb={act.title}
            onCancel={close}
            onAgree={() => {
              close()
              onRun()
            }}
          >
            {act.warning}
          </AskFirst>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
