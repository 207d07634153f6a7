import { parseUuid } from '../../../domain/uuid.js'
import { type Conversation, conversationsIn, firstTold } from '../../../otlp/conversations.js'
import type { SpanMessage } from '../../../otlp/gen-ai.js'
import { decodeTraces, NotOtlp } from '../../../otlp/protobuf.js'
import { isTraces, type Span, spansOf } from '../../../otlp/spans.js'
import { addSpans, type SpanRow } from '../../../otlp/transcript.js'
import { type Format, piecesOf } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceMessage,
  type SourcePicture,
  type SourceSession,
  Unreadable,
} from '../source.js'
import { pictureAt } from './content-blocks.js'
import { splitHarnessText } from './harness-text.js'
import { looseObject, looseText, metadataOf } from './loose.js'
import { rowId } from './row-id.js'
import { titleFrom } from './title.js'

const FORMAT = 'otel'
const roles = { user: 'USER', assistant: 'ASSISTANT', tool: 'TOOL', system: 'SYSTEM' } as const

/** Spans of OpenTelemetry in OTLP's JSON: an export request, or one a line. */
export const otlpJson: Format = {
  title: 'file of OpenTelemetry spans',
  input: 'file',
  recognizes: ({ values }) => values.some(isTraces),
  read: (records, defaults) => piecesOf(readSpans(spansIn(records), defaults)),
}

/** The same in OTLP's protobuf. */
export const otlpProtobuf: Format = {
  title: 'file of OpenTelemetry spans',
  input: 'bytes',
  recognizes: () => false,
  mayBegin: ([first]) => first === 0x0a,
  recognizesBytes: (content) => decoded(content) !== null,
  read: (bytes, defaults) => {
    const spans = decoded(bytes)
    if (spans === null) throw new Unreadable('it holds no spans of OTLP')
    return piecesOf(readSpans(spans, defaults))
  },
}

function* spansIn(records: Iterable<{ value: unknown }>): Generator<Span> {
  for (const { value } of records) yield* spansOf(value)
}

function decoded(bytes: Uint8Array): Span[] | null {
  try {
    const spans = spansOf(decodeTraces(bytes))
    return spans.length > 0 ? spans : null
  } catch (error) {
    if (error instanceof NotOtlp) return null
    throw error
  }
}

function readSpans(spans: Iterable<Span>, defaults: SourceDefaults): SourceSession[] {
  const { conversations, others } = conversationsIn([...spans])
  if (conversations.length === 0) throw new Unreadable('none of its spans tells of an agent')
  const leftOut = others > 0 ? [{ what: 'spans that tell of no agent', count: others }] : []
  return conversations.map((conversation, index) => ({
    ...toSession(conversation, defaults),
    leftOut: index === 0 ? leftOut : [],
  }))
}

function toSession({ id, spans }: Conversation, defaults: SourceDefaults): SourceSession {
  const rows = addSpans([], spans)
  const uuid = parseUuid(id)
  const agent =
    defaults.agent ?? firstTold(spans, (told) => told.agent) ?? firstTold(spans, ({ span }) => span.service)
  const model = firstTold(spans, (told) => told.model) ?? defaults.model ?? ''
  const typed = rows.filter(({ role }) => role === 'user').map(({ text }) => splitHarnessText(text).typed)
  const title = titleFrom(typed.find((text) => text !== ''))
  let current = model
  return {
    name: `conversation ${id}`,
    identity: uuid === null ? { by: 'name', place: [FORMAT, id] } : { by: 'id', id: uuid },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model,
    systemPrompt: firstTold(spans, (told) => told.system ?? systemIn(told.input)),
    origin: defaults.origin ?? 'USER',
    labels: defaults.labels,
    messages: rows.map((row) => {
      current = row.model ?? current
      return toMessage(id, row, { model: current, agent })
    }),
  }
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
