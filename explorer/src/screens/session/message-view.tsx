import { memo } from 'react'
import { Button } from 'react-aria-components'
import { absolute, compact, exact, money, timeAfter } from '../../format'
import { showControls, visibleName } from '../../parts/show-controls'
import type { PagePath } from '../../view/path'
import { AnnotationList } from './annotations/annotation-list'
import type { Annotation, Annotations } from './annotations/use-annotations'
import { Content } from './content'
import { Pictures } from './pictures'
import { type Rewind, RewindMark } from './rewind-mark'
import { ToolCallList } from './tool-call-view'
import styles from './transcript.module.css'
import type { Message, Messages } from './use-messages'
import type { OutlineRow } from './use-outline'
import type { Subagents } from './use-subagents'

const none: readonly Annotation[] = []

interface MessageViewProps {
  row: OutlineRow
  before: OutlineRow | null
  /** The rewind after which it was said; null for none. */
  rewind: Rewind | null
  /** Absent while it is on its way. */
  message: Message | undefined
  /** Where the results of its calls stand, by call. */
  resultOf: ReadonlyMap<string, OutlineRow>
  messages: Messages
  /** Sessions of agents that it called, by call. */
  subagents: Subagents['byCall']
  annotations: Annotations
  path: PagePath
  /** Uuid of the session. */
  id: string
  /** What the agent and the owner are called. */
  speaker: string
  person: string
  isPointed: boolean
  onPoint: () => void
}

/** A row of a transcript as a person reads it. */
export const MessageView = memo(function MessageView(props: MessageViewProps) {
  const { row, before, rewind, message, resultOf, messages, speaker, person, isPointed, onPoint } = props
  const { annotations, subagents, path, id } = props
  if (row.isSummary)
    return (
      <section className={styles.divider} aria-label="Compaction">
        <h2>compacted: a summary stands for what was said before</h2>
        {message && <Content text={message.content} isMarkdown />}
      </section>
    )
  const names = {
    USER: visibleName(person),
    ASSISTANT: visibleName(message?.agent ?? speaker),
    TOOL: 'tool',
    SYSTEM: 'system',
  } as const
  const said = (message && annotations.ofMessage.get(message.uuid)) ?? none
  const annotate = message && (
    <AnnotationList
      path={path}
      id={id}
      messageId={message.uuid}
      what={`message ${row.seq}`}
      shown={said}
      annotations={annotations}
    />
  )
  return (
    <>
      {rewind !== null && <RewindMark rewind={rewind} />}
      <ContextSwitch before={before} row={row} />
      <section
        className={styles.message}
        data-role={row.role}
        data-error={row.isError}
        data-pointed={isPointed}
        data-compacted={row.isCompacted}
        aria-label={`${names[row.role]}, message ${row.seq}`}
      >
        <header className={styles.by}>
          <h2>{names[row.role]}</h2>
          {row.isError && <span className={styles.bad}>✗ failed</span>}
          {row.isCompacted && <span className="muted">replaced by a summary</span>}
          <span className={styles.told}>
            {said.length === 0 && annotate}
            <Usage row={row} message={message} />
            <time className="muted" dateTime={row.createdAt} title={absolute(row.createdAt)}>
              {timeAfter(row.createdAt, before?.createdAt ?? null)}
            </time>
            <Button
              className={`button plain ${styles.link}`}
              aria-label={`Link to message ${row.seq}`}
              onPress={onPoint}
            >
              #{row.seq}
            </Button>
          </span>
        </header>
        {message === undefined ? (
          <p className="muted">{showControls(row.opening) || '…'}</p>
        ) : (
          <>
            <Extras metadata={message.metadata} />
            {message.content !== '' && (
              <Content text={message.content} isMarkdown={row.role === 'USER' || row.role === 'ASSISTANT'} />
            )}
            {message.toolCalls != null && (
              <ToolCallList
                calls={message.toolCalls}
                at={row.createdAt}
                resultOf={resultOf}
                messages={messages}
                subagents={subagents}
                path={path}
              />
            )}
            {said.length > 0 && annotate}
          </>
        )}
      </section>
    </>
  )
})

function Usage({ row, message }: { row: OutlineRow; message: Message | undefined }) {
  if (row.totalTokens == null) return null
  const usage = message?.usage
  const input =
    usage == null ? null : usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens
  const title =
    usage == null
      ? `${exact(row.totalTokens)} tokens`
      : `${exact(usage.inputTokens)} input\n${exact(usage.cacheReadInputTokens)} cache read\n${exact(usage.cacheCreationInputTokens)} cache creation\n${exact(usage.outputTokens)} output`
  return (
    <span className={`number muted ${styles.usage}`} title={title}>
      {input === null || usage == null
        ? compact(row.totalTokens)
        : `${compact(input)} → ${compact(usage.outputTokens)}`}
      {row.costUsd != null && ` · ${money(row.costUsd)}`}
    </span>
  )
}

/** What a row is the first to be made under, since the row before it; null when nothing changed. */
function switchOf(before: OutlineRow | null, row: OutlineRow): string[] | null {
  if (before === null || before.segment == null || row.segment == null || before.segment === row.segment)
    return null
  const changes = [
    before.agent !== row.agent && (row.agent ?? 'no agent'),
    before.model !== row.model && (row.model || 'no model'),
  ].filter((change) => change !== false)
  return changes.length === 0 ? ['another system prompt'] : changes
}

/** Stands where another agent, model or system prompt took over. */
function ContextSwitch({ before, row }: { before: OutlineRow | null; row: OutlineRow }) {
  const changes = switchOf(before, row)
  if (changes === null) return null
  return (
    <p className={styles.divider} data-kind="switch">
      from here on <strong dir="auto">{changes.map(visibleName).join(' · ')}</strong>
    </p>
  )
}

/** What stands beside a message's text: reasoning, folded, and pictures, small until asked. */
function Extras({ metadata }: { metadata: Record<string, unknown> | null | undefined }) {
  if (metadata == null) return null
  const reasoning = readReasoning(metadata)
  return (
    <>
      {reasoning !== '' && (
        <details className={styles.reasoning}>
          <summary>Reasoning · {compact(reasoning.length)} characters</summary>
          <Content text={reasoning} isMarkdown />
        </details>
      )}
      <Pictures metadata={metadata} />
    </>
  )
}

function readReasoning(metadata: Record<string, unknown>): string {
  const found = metadata.reasoning_content ?? metadata.reasoning ?? metadata.thinking
  return typeof found === 'string' ? found : ''
}
