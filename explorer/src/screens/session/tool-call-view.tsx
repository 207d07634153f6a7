import { showControls, visibleName } from '../../parts/show-controls'
import { Content } from './content'
import { JsonTree } from './json-tree'
import styles from './transcript.module.css'
import type { Message } from './use-messages'
import type { OutlineRow } from './use-outline'

interface ToolCallViewProps {
  call: NonNullable<Message['toolCalls']>[number]
  /** Its result; absent when there is none. */
  result: OutlineRow | undefined
  /** What the result says; absent while it is on its way. */
  output: string | undefined
}

/** A call of a tool: its arguments as a tree, and what came back. */
export function ToolCallView({ call, result, output }: ToolCallViewProps) {
  return (
    <details className={styles.call} data-error={result?.isError ?? false} open>
      <summary>
        <strong dir="auto">{visibleName(call.name)}</strong>{' '}
        <span className={styles.args}>{showControls(call.arguments.slice(0, 200))}</span>
        <span className={result?.isError ? styles.bad : styles.good}>
          {result === undefined ? '' : result.isError ? '✗' : '✓'}
        </span>
      </summary>
      <JsonTree text={call.arguments} />
      {output !== undefined && output !== '' && <Content text={output} isMarkdown={false} />}
      {result === undefined && <p className="muted">No result is stored.</p>}
    </details>
  )
}
