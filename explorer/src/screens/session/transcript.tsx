import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { graphql, useFragment } from 'react-relay'
import type { transcript_session$key } from '../../__generated__/transcript_session.graphql'
import { exact } from '../../format'
import { Failure } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import { FindWithin } from '../../search/find-within'
import type { PagePath } from '../../view/path'
import { type Address, wasEntered } from '../../view/use-address'
import type { Annotations } from './annotations/use-annotations'
import { Content } from './content'
import { type Jump, Jumps } from './jumps'
import { MessageView } from './message-view'
import { Outline } from './outline'
import { Related } from './related'
import { RewindMark, rewindAtEnd, rewindBefore } from './rewind-mark'
import styles from './transcript.module.css'
import { useAnchor } from './use-anchor'
import { useMessages } from './use-messages'
import type { Outlined, OutlineRow } from './use-outline'
import { useSubagents } from './use-subagents'

interface TranscriptProps {
  session: transcript_session$key
  outline: Outlined
  annotations: Annotations
  path: PagePath
  address: Address
}

/** A transcript of any length: its outline is known whole, its contents come as one scrolls. */
export function Transcript({ session: key, outline, annotations, path, address }: TranscriptProps) {
  const session = useFragment(
    graphql`
      fragment transcript_session on Session {
        uuid
        agent
        createdBy {
          login
        }
        currentSystemPrompt
        group {
          uuid
          kind
          sessionCount
        }
        rewinds {
          fromSeq
          messageCount
          at
        }
      }
    `,
    key,
  )
  const { rows, isWhole, version } = outline
  const messages = useMessages(path, session.uuid, rows, version)
  const resultOf = useMemo(
    () => new Map(rows.flatMap((row) => (row.toolCallId == null ? [] : [[row.toolCallId, row] as const]))),
    [rows],
  )
  const subagents = useSubagents(path, session.uuid, session.group ?? null, outline)
  const [showsCompacted, setShowsCompacted] = useState(false)
  const shown = useMemo(() => toShown(rows, showsCompacted), [rows, showsCompacted])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(shown[index]?.contentBytes ?? 0),
    getItemKey: (index) => shown[index]?.seq ?? index,
    overscan: 6,
  })
  useEffect(() => {
    if (wasEntered()) scroller.current?.focus({ preventScroll: true })
  }, [])
  const holdInView = useAnchor(virtual)
  const visible = virtual.getVirtualItems()
  const first = visible[0]?.index ?? 0
  const last = visible.at(-1)?.index ?? 0
  const { want } = messages
  useEffect(() => {
    if (shown.length === 0) return
    want(shown, first, last)
    const results = shown
      .slice(first, last + 1)
      .flatMap((row) => row.calls.flatMap(({ callId }) => resultOf.get(callId) ?? []))
    want(results, 0, results.length - 1)
  }, [want, shown, first, last, resultOf])

  const goTo = useCallback(
    (index: number) => {
      const row = shown[index]
      if (row === undefined) return
      holdInView(index)
      address.point(row.seq)
    },
    [shown, holdInView, address],
  )
  // A link to a message leads there once, when its row is known.
  const pointed = useRef<number | null>(null)
  useEffect(() => {
    if (address.message === null || pointed.current === address.message) return
    const index = shown.findIndex(({ seq }) => seq === address.message)
    if (index === -1) {
      if (!showsCompacted && rows.some(({ seq }) => seq === address.message)) setShowsCompacted(true)
      return
    }
    pointed.current = address.message
    holdInView(index)
  }, [address.message, shown, rows, showsCompacted, holdInView])

  const at = shown.findIndex(({ seq }) => seq === address.message)
  const resultsOf = (row: OutlineRow) => row.calls.flatMap(({ callId }) => resultOf.get(callId)?.seq ?? [])
  const hasError = (row: OutlineRow) =>
    row.isError === true || row.calls.some(({ callId }) => resultOf.get(callId)?.isError === true)
  const placesOf = (fits: (row: OutlineRow) => boolean) =>
    shown.flatMap((row, index) => (fits(row) ? [index] : []))
  const jumps: Jump[] = [
    {
      names: ['turn', 'turns'],
      places: placesOf(({ role, isSummary }) => role === 'USER' && !isSummary),
      keys: ['p', 'n'],
    },
    { names: ['failed call', 'failed calls'], places: placesOf(hasError), keys: ['[', ']'] },
  ]
  const ended = isWhole ? rewindAtEnd(session.rewinds, rows) : null
  const compactedCount = rows.length - rows.filter(({ isCompacted }) => !isCompacted).length
  return (
    <div className={styles.body}>
      <Outline
        rows={shown}
        resultOf={resultOf}
        current={at === -1 ? first : at}
        onGo={goTo}
        isWhole={isWhole}
      />
      <div className={styles.column}>
        <div className={styles.top}>
          <div className={styles.tools}>
            <FindWithin
              path={path}
              id={session.uuid}
              version={version}
              current={address.message}
              onGo={(seq) => {
                const index = shown.findIndex((row) => row.seq === seq || resultsOf(row).includes(seq))
                if (index >= 0) holdInView(index)
                else setShowsCompacted(true)
                address.point(seq)
              }}
            />
            <Jumps jumps={jumps} at={at === -1 ? first : at} isAt={at !== -1} onGo={goTo} />
          </div>
          <Related subagents={subagents} path={path} />
          {session.currentSystemPrompt != null && (
            <details className={styles.system}>
              <summary>SYSTEM · {exact(session.currentSystemPrompt.length)} characters</summary>
              <Content text={session.currentSystemPrompt} isMarkdown={false} />
            </details>
          )}
          {compactedCount > 0 && (
            <button type="button" className="button plain" onClick={() => setShowsCompacted(!showsCompacted)}>
              {showsCompacted ? 'Hide' : 'Show'} {exact(compactedCount)} messages that summaries replaced
            </button>
          )}
          {ended !== null && <RewindMark rewind={ended} isLast />}
          {shown.length === 0 && isWhole && compactedCount === 0 && (
            <p className="empty muted">No messages yet. They appear here as the agent appends them.</p>
          )}
          {outline.failure !== null && <Failure error={outline.failure} onRetry={outline.retry} />}
          {messages.failure !== null && <Failure error={messages.failure} onRetry={messages.retry} />}
        </div>
        <div
          ref={scroller}
          className={styles.scroller}
          tabIndex={0}
          role="log"
          aria-label="Transcript"
          aria-live="off"
        >
          {shown.length === 0 && !isWhole && outline.failure === null && (
            <Loading what="the transcript" rows={12} />
          )}
          <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
            {visible.map(({ index, start, key: rowKey }) => {
              const row = shown[index]
              return (
                row && (
                  <div
                    key={rowKey}
                    ref={virtual.measureElement}
                    data-index={index}
                    className={styles.row}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <MessageView
                      row={row}
                      before={shown[index - 1] ?? null}
                      rewind={rewindBefore(session.rewinds, row)}
                      message={messages.get(row.seq)}
                      resultOf={resultOf}
                      messages={messages}
                      subagents={subagents.byCall}
                      annotations={annotations}
                      path={path}
                      id={session.uuid}
                      speaker={session.agent ?? 'assistant'}
                      person={session.createdBy?.login ?? 'user'}
                      isPointed={row.seq === address.message}
                      onPoint={() => address.point(row.seq)}
                    />
                  </div>
                )
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

/** Rows as they are read: results stand with their calls, where their call is known. */
function toShown(rows: readonly OutlineRow[], showsCompacted: boolean): readonly OutlineRow[] {
  const calls = new Set(rows.flatMap((row) => row.calls.map(({ callId }) => callId)))
  return rows.filter(
    (row) =>
      (showsCompacted || !row.isCompacted) &&
      !(row.role === 'TOOL' && row.toolCallId != null && calls.has(row.toolCallId)),
  )
}

/** Height of a message before it is measured, in pixels. */
function estimate(bytes: number): number {
  return 64 + Math.min(20, Math.ceil(bytes / 90)) * 21
}
