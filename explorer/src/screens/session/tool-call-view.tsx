import { useState } from 'react'
import { Button } from 'react-aria-components'
import { exact } from '../../format'
import { cut, showControls, visibleName } from '../../parts/show-controls'
import type { PagePath } from '../../view/path'
import { timeTaken } from './call-time'
import { Content } from './content'
import { JsonTree } from './json-tree'
import { Pictures } from './pictures'
import { RelatedLink } from './related'
import styles from './transcript.module.css'
import type { Message, Messages } from './use-messages'
import type { OutlineRow } from './use-outline'
import type { RelatedSession } from './use-subagents'

/** How many calls of one message show at once, and how many more on each click. */
const AT_ONCE = 50

interface ToolCallListProps {
  calls: NonNullable<Message['toolCalls']>
  at: string
  resultOf: ReadonlyMap<string, OutlineRow>
  messages: Messages
  subagents: ReadonlyMap<string, RelatedSession>
  path: PagePath
}

/** The calls of a message; of very many the first ones and those that failed, and others as they are asked for. */
export function ToolCallList({ calls, resultOf, messages, subagents, ...shared }: ToolCallListProps) {
  const [most, setMost] = useState(AT_ONCE)
  const isFailed = ({ callId }: (typeof calls)[number]) => resultOf.get(callId)?.isError === true
  const failed = calls.slice(most).filter(isFailed).slice(0, AT_ONCE)
  const left = calls.length - most - failed.length
  return (
    <>
      {[...calls.slice(0, most), ...failed].map((call) => {
        const result = resultOf.get(call.callId)
        return (
          <ToolCallView
            key={call.callId}
            call={call}
            result={result}
            answer={result === undefined ? undefined : messages.get(result.seq)}
            subagent={subagents.get(call.callId)}
            {...shared}
          />
        )
      })}
      {left > 0 && (
        <Button className="button" onPress={() => setMost(most + AT_ONCE)}>
          {exact(Math.min(AT_ONCE, left))} of {exact(left)} more calls
        </Button>
      )}
    </>
  )
}

interface ToolCallViewProps {
  call: NonNullable<Message['toolCalls']>[number]
  /** When it was made. */
  at: string
  /** Its result; absent when there is none. */
  result: OutlineRow | undefined
  /** The message of the result; absent while it is on its way. */
  answer: Message | undefined
  /** The session of the agent that it called; absent for none. */
  subagent: RelatedSession | undefined
  path: PagePath
}

/** A call of a tool: its arguments as a tree, and what came back. */
function ToolCallView({ call, at, result, answer, subagent, path }: ToolCallViewProps) {
  return (
    <details className={styles.call} data-error={result?.isError ?? false} open>
      <summary>
        <strong dir="auto">{visibleName(cut(call.name))}</strong>{' '}
        <span className={styles.args}>{showControls(call.arguments.slice(0, 200))}</span>
        <span className={result?.isError ? styles.bad : styles.good}>
          {result === undefined ? '' : `${result.isError ? '✗' : '✓'} ${timeTaken(at, result)}`}
        </span>
      </summary>
      {subagent !== undefined && (
        <p>
          its session: <RelatedLink session={subagent} path={path} />
        </p>
      )}
      <JsonTree text={call.arguments} />
      {answer?.metadata != null && <Pictures metadata={answer.metadata} />}
      {answer !== undefined && answer.content !== '' && <Content text={answer.content} isMarkdown={false} />}
      {result === undefined && <p className="muted">No result is stored.</p>}
    </details>
  )
}
