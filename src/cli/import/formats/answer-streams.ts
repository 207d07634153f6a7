import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isObject, type SourceDefaults, Unreadable } from '../source.js'
import { AnthropicStream, isAnthropicStart } from './anthropic-stream.js'
import { readAnswer } from './chat-completion.js'
import { ChunkStream, isChunk } from './chunk-stream.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName } from './loose.js'

/** One answer that an API streams. */
export interface AnswerStream {
  take(event: Json): void
  /** Whether nothing of it is to come. */
  readonly isOver: boolean
  /** What has come, as the API gives an answer at once. */
  answer(): Json
}

/** Streams of OpenAI's Chat Completions, each a session, as lines of JSON or as the server sends them. */
export const chatChunks: Format = {
  title: 'stream of chat completion chunks',
  input: 'file',
  recognizes: ({ values }) => values.some(isChunk),
  read: (records, defaults) =>
    readStreams(
      records,
      defaults,
      ({ id }) => looseName(id),
      (leftOut) => new ChunkStream(leftOut),
    ),
}

/** Streams of Anthropic's Messages, alike. */
export const anthropicEvents: Format = {
  title: "stream of Anthropic's Messages",
  input: 'file',
  recognizes: ({ values }) => values.some(isAnthropicStart),
  read: (records, defaults) =>
    readStreams(
      records,
      defaults,
      (event) => (isAnthropicStart(event) ? looseName(event.message.id) : null),
      (leftOut) => new AnthropicStream(leftOut),
    ),
}

/** Events that name no answer are of the one before. */
function* readStreams(
  records: Iterable<SourceRecord>,
  defaults: SourceDefaults,
  idOf: (event: Json) => string | null,
  begin: (leftOut: LeftOutTally) => AnswerStream,
): Generator<SourcePiece> {
  const streams = new Map<string | null, { stream: AnswerStream; leftOut: LeftOutTally }>()
  let current: string | null = null
  for (const { value } of records) {
    if (!isObject(value)) continue
    current = idOf(value) ?? current
    const leftOut = new LeftOutTally()
    const found = streams.get(current) ?? { stream: begin(leftOut), leftOut }
    streams.set(current, found)
    found.stream.take(value)
  }
  let number = 0
  for (const { stream, leftOut } of streams.values())
    for (const piece of readAnswer(stream.answer(), ++number, defaults, {}, leftOut))
      yield 'message' in piece && !stream.isOver
        ? { ...piece, message: { ...piece.message, open: true } }
        : piece
  if (number === 0) throw new Unreadable('it has no events')
}
