import { Button, DialogTrigger } from 'react-aria-components'
import { Choices, DialogFrame } from '../parts/dialog-frame'
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
          <>
            <p>{act.warning}</p>
            <Choices>
              <Button className="button" onPress={close} autoFocus>
                Cancel
              </Button>
              <Button
                className="button primary"
                onPress={() => {
                  close()
                  onRun()
                }}
              >
                {act.title}
              </Button>
            </Choices>
          </>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
