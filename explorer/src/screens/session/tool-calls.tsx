import { useMemo } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { exact } from '../../format'
import { PopoverDialog } from '../../parts/popover-dialog'
import { cut, visibleName } from '../../parts/show-controls'
import { callsByTool } from './calls-by-tool'
import styles from './session-pane.module.css'
import type { Outlined } from './use-outline'

/** How many tools the head names, and how many the list. */
const NAMED = 3
const LISTED = 100

/** How many calls a session made, which of its tools failed, and on a click how often each was called. */
export function ToolCalls({ count, outline: { rows, isWhole } }: { count: number; outline: Outlined }) {
  const tools = useMemo(() => callsByTool(rows), [rows])
  const failing = tools.filter(({ failed }) => failed > 0)
  const named = failing
    .slice(0, NAMED)
    .map(({ name, failed }) => `${visibleName(cut(name, 40))} ${exact(failed)}`)
  const others = failing.length > NAMED ? `, and ${exact(failing.length - NAMED)} more` : ''
  if (count === 0) return <span>0 calls</span>
  return (
    <>
      <DialogTrigger>
        <Button className="button plain">
          {exact(count)} {count === 1 ? 'call' : 'calls'} ▾
        </Button>
        <PopoverDialog label="Calls by tool" className={styles.usage} placement="bottom start">
          {isWhole ? (
            <table>
              <thead>
                <tr>
                  <th scope="col">tool</th>
                  <th scope="col">calls</th>
                  <th scope="col">failed</th>
                </tr>
              </thead>
              <tbody>
                {tools.slice(0, LISTED).map(({ name, calls, failed }) => (
                  <tr key={name}>
                    <th scope="row" dir="auto">
                      {visibleName(cut(name))}
                    </th>
                    <td>{exact(calls)}</td>
                    <td>{exact(failed)}</td>
                  </tr>
                ))}
              </tbody>
              {tools.length > LISTED && (
                <caption className="muted">and {exact(tools.length - LISTED)} more</caption>
              )}
            </table>
          ) : (
            <p className="muted">Reading the transcript…</p>
          )}
        </PopoverDialog>
      </DialogTrigger>
      {isWhole && failing.length > 0 && (
        <span className={styles.failed}>
          failed: <bdi>{named.join(', ')}</bdi>
          {others}
        </span>
      )}
    </>
  )
}
