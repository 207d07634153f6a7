import { cut, showControls, visibleName } from '../../parts/show-controls'
import { timeTaken } from './call-time'
import { Content } from './content'
import { JsonTree } from './json-tree'
import { Pictures } from './pictures'
import styles from './transcript.module.css'
import type { Message } from './use-messages'
import type { OutlineRow } from './use-outline'

interface ToolCallViewProps {
  call: NonNullable<Message['toolCalls']>[number]
  /** When it was made. */
  at: string
  /** Its result; absent when there is none. */
  result: OutlineRow | undefined
  /** The message of the result; absent while it is on its way. */
  answer: Message | undefined
}

/** A call of a tool: its arguments as a tree, and what came back. */
export function ToolCallView({ call, at, result, answer }: ToolCallViewProps) {
  return (
    <details className={styles.call} data-error={result?.isError ?? false} open>
      <summary>
        <strong dir="auto">{visibleName(cut(call.name))}</strong>{' '}
        <span className={styles.args}>{showControls(call.arguments.slice(0, 200))}</span>
        <span className={result?.isError ? styles.bad : styles.good}>
          {result === undefined ? '' : `${result.isError ? '✗' : '✓'} ${timeTaken(at, result)}`}
        </span>
      </summary>
      <JsonTree text={call.arguments} />
      {answer?.metadata != null && <Pictures metadata={answer.metadata} />}
      {answer !== undefined && answer.content !== '' && <Content text={answer.content} isMarkdown={false} />}
      {result === undefined && <p className="muted">No result is stored.</p>}
    </details>
  )
}
