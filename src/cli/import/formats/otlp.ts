import { byConversation } from '../../../otlp/conversations.js'
import { type GenAiSpan, readGenAi } from '../../../otlp/gen-ai.js'
import { decodeTraces, NotOtlp } from '../../../otlp/protobuf.js'
import { FrameTooLong, framesOf } from '../../../otlp/protobuf-frames.js'
import type { SpanMessage } from '../../../otlp/span-messages.js'
import type { SpanRow } from '../../../otlp/span-row.js'
import { SpanRows } from '../../../otlp/span-rows.js'
import { eachSpan, isTraces, type Span, spansOf } from '../../../otlp/spans.js'
import { addSpan, inTime } from '../../../otlp/transcript.js'
import { parseUuid } from '../../../rules/uuid.js'
import { maxValueCharacters, sayTooLong } from '../file/value-limit.js'
import type { ValueStore } from '../file/value-store.js'
import type { Aside, Format, SourcePiece } from '../format.js'
import {
  isObject,
  type LeftOut,
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  type SourcePicture,
  Unreadable,
} from '../source.js'
import { pictureAt } from './content-blocks.js'
import { splitHarnessText } from './harness-text.js'
import { madeHead } from './head.js'
import { LeftOutTally } from './left-out.js'
import { looseObject, looseText, metadataOf } from './loose.js'
import { members } from './members.js'
import { addUnreadResource, otlpMembers, unreadOf } from './otlp-members.js'
import { rowId } from './row-id.js'
import { titleFrom } from './title.js'

const FORMAT = 'otel'
const roles = { user: 'USER', assistant: 'ASSISTANT', tool: 'TOOL', system: 'SYSTEM' } as const

/** Spans of OpenTelemetry in OTLP's JSON: an export request, or one a line. */
export const otlpJson: Format = {
  title: 'file of OpenTelemetry spans',
  input: 'file',
  recognizes: ({ values }) => values.some(isTraces),
  lists: ['resourceSpans', 'scopeSpans', 'instrumentationLibrarySpans', 'spans'],
  read: (records, defaults, aside) => {
    const leftOut = new LeftOutTally()
    return readSpans(spansIn(records, leftOut), defaults, aside, leftOut)
  },
}

/** The same in OTLP's protobuf. */
export const otlpProtobuf: Format = {
  title: 'file of OpenTelemetry spans',
  input: 'bytes',
  recognizes: () => false,
  mayBegin: (start) => start[0] === 0x0a || start[4] === 0x0a,
  recognizesBytes: (chunks) => {
    try {
      for (const frame of framesOf(chunks, maxValueCharacters))
        if (spansOf(decodeTraces(frame)).length > 0) return true
      return false
    } catch (error) {
      // Its reader says what is too long.
      if (error instanceof FrameTooLong) return true
      if (error instanceof NotOtlp) return false
      throw error
    }
  },
  *read(chunks, defaults, aside) {
    try {
      yield* readSpans(spansOfBytes(chunks), defaults, aside, new LeftOutTally())
    } catch (error) {
      if (error instanceof FrameTooLong) throw new Unreadable(sayTooLong('a group of its spans'))
      if (error instanceof NotOtlp) throw new Unreadable(`it holds no spans of OTLP: ${error.message}`)
      throw error
    }
  },
}

function* spansIn(records: Iterable<{ value: unknown }>, leftOut: LeftOutTally): Generator<Span> {
  for (const { value } of records) {
    leftOut.addUnread(value, members('requests', 'resourceSpans'))
    yield* eachSpan(value, (what, given) => {
      leftOut.addUnread(given, otlpMembers[what])
      if (what === 'groups') addUnreadResource(looseObject(given.resource).attributes, leftOut)
    })
  }
}

function* spansOfBytes(chunks: Iterable<Uint8Array>): Generator<Span> {
  for (const frame of framesOf(chunks, maxValueCharacters)) yield* spansOf(decodeTraces(frame))
}

/** What is remembered of a span that waits. */
interface WaitingSpan {
  conversation: string | null
  traceId: string
  startMs: number
  endMs: number
  position: number
  /** What it says that has no place; spans that leave the same share it. */
  left: readonly LeftOut[]
}

/** Sessions of spans, of which one conversation at a time is held. */
function* readSpans(
  spans: Iterable<Span>,
  defaults: SourceDefaults,
  aside: Aside,
  leftOut: LeftOutTally,
): Generator<SourcePiece> {
  const waiting = aside<GenAiSpan>()
  const reported: WaitingSpan[] = []
  const lists = new Map<string, readonly LeftOut[]>()
  for (const span of spans) {
    const read = readGenAi(span)
    if (read === null) leftOut.add('spans that tell of no agent')
    else {
      const { traceId, startMs, endMs } = span
      const position = waiting.put({ ...read, span: { ...span, attributes: {}, events: [] } })
      const left = unreadOf(span)
      const names = left.map(({ what }) => what).join('\n')
      if (!lists.has(names)) lists.set(names, left)
      const { conversation } = read
      reported.push({ conversation, traceId, startMs, endMs, position, left: lists.get(names) ?? left })
    }
  }
  if (reported.length === 0) throw new Unreadable('none of its spans tells of an agent')
  for (const [index, { id, members: spans }] of byConversation(reported).entries()) {
    const sorted = spans.toSorted(inTime)
    yield* readConversation(
      id,
      inOrder(sorted, waiting),
      defaults,
      tallied(spans, index === 0 ? leftOut : new LeftOutTally()),
    )
  }
}

function tallied(spans: readonly WaitingSpan[], leftOut: LeftOutTally): LeftOut[] {
  for (const { left } of spans) for (const { what } of left) leftOut.add(what)
  return leftOut.list()
}

function* inOrder(spans: readonly WaitingSpan[], waiting: ValueStore<GenAiSpan>): Generator<GenAiSpan> {
  for (const { position } of spans) yield waiting.get(position)
}

function* readConversation(
  id: string,
  spans: Iterable<GenAiSpan>,
  defaults: SourceDefaults,
  leftOut: LeftOut[],
): Generator<SourcePiece> {
  const rows = new SpanRows()
  const first = { agent: null, service: null, model: null, system: null } as Record<string, string | null>
  for (const reported of spans) {
    addSpan(rows, reported)
    first.agent ??= reported.agent
    first.service ??= reported.span.service
    first.model ??= reported.model
    first.system ??= reported.system ?? systemIn(reported.input)
  }
  const uuid = parseUuid(id)
  const agent = defaults.agent ?? first.agent ?? first.service ?? null
  const model = first.model ?? defaults.model ?? ''
  let typed = ''
  let current = model
  for (const row of rows.rows) {
    if (row.role === 'user' && typed === '') typed = splitHarnessText(row.text).typed
    current = row.model ?? current
    yield { key: id, message: toMessage(id, row, { model: current, agent }) }
  }
  const title = titleFrom(typed)
  const head: SourceHead = {
    name: `conversation ${id}`,
    identity: uuid === null ? { by: 'name', identityPath: [FORMAT, id] } : { by: 'id', id: uuid },
    ...madeHead(title, defaults),
    agent,
    model,
    systemPrompt: first.system ?? null,
    leftOut,
  }
  yield { key: id, head }
}

function systemIn(messages: readonly SpanMessage[]): string | null {
  const texts = messages.filter(({ role }) => role === 'system').map(({ text }) => text)
  return texts.length === 0 ? null : texts.join('\n')
}

function toMessage(
  session: string,
  row: SpanRow,
  context: { model: string; agent: string | null },
): SourceMessage {
  const pictures = row.parts.flatMap(pictureOf)
  const rest = row.parts.filter((part) => pictureOf(part).length === 0)
  return {
    id: rowId(session, row.key),
    role: roles[row.role],
    content: row.text,
    at: `span ${row.key}`,
    ...(row.timeMs > 0 ? { createdAt: new Date(row.timeMs).toISOString() } : {}),
    ...(row.toolCallId === null ? {} : { toolCallId: row.toolCallId }),
    ...(row.toolCalls.length > 0 ? { toolCalls: row.toolCalls } : {}),
    ...(row.role === 'tool' ? { isError: row.isError } : {}),
    ...(row.role === 'assistant' ? { usage: row.usage } : {}),
    ...(row.reasoning === null ? {} : { reasoning: row.reasoning }),
    ...(pictures.length > 0 ? { pictures } : {}),
    metadata: metadataOf(FORMAT, {
      span_id: row.spanId,
      implied: row.implied ? true : null,
      parts: rest.length > 0 ? rest : null,
    }),
    context,
  }
}

/** A picture of the conventions' `blob` and `uri` parts, or of OpenInference's contents. */
function pictureOf(part: unknown): SourcePicture[] {
  if (!isObject(part)) return []
  const mediaType = looseText(part.mime_type)
  if (part.type === 'blob' && part.modality === 'image' && typeof part.content === 'string')
    return [{ mediaType, base64: part.content }]
  if (part.type === 'uri' && part.modality === 'image' && typeof part.uri === 'string')
    return [{ mediaType, url: part.uri }]
  const url = looseText(looseObject(looseObject(part.image).image).url)
  return url === null ? [] : [pictureAt(url)]
}
