import type { Format, SourcePiece, SourceRecord } from '../format.js'
import {
  isList,
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  WithoutMessages,
} from '../source.js'
import { areTyped } from './ai-sdk-parts.js'
import { geminiTurn } from './gemini-members.js'
import { readParts } from './gemini-parts.js'
import { splitHarnessText } from './harness-text.js'
import { madeHead } from './head.js'
import { LeftOutTally } from './left-out.js'
import { eachObject, type Json, looseObject, membersBut, metadataOf } from './loose.js'
import { titleFrom } from './title.js'
import { UnansweredCalls } from './unanswered-calls.js'

const FORMAT = 'gemini-cli'

/** Checkpoints of the Gemini CLI: a history of Gemini's API, in order. */
export const geminiCheckpoint: Format = {
  title: 'Gemini CLI checkpoint',
  input: 'file',
  recognizes: ({ values, shape }) => {
    const [first] = values
    const history =
      shape === 'array' ? values : isObject(first) ? (first.history ?? first.clientHistory) : null
    return Array.isArray(history) && history.length > 0 && history.every(isTurn)
  },
  lists: ['history', 'clientHistory'],
  read: readCheckpoint,
}

/** Messages of the AI SDK, whose parts have types, are chats. */
function isTurn(value: unknown): boolean {
  return isObject(value) && Array.isArray(value.parts) && 'role' in value && !areTyped(value.parts)
}

function* readCheckpoint(records: Iterable<SourceRecord>, defaults: SourceDefaults): Generator<SourcePiece> {
  const reading = new CheckpointReader()
  let holder: Json | null = null
  let rows = 0
  for (const { value } of records) {
    const reported = looseObject(value)
    const turns = isList(reported.parts) ? [reported] : eachObject(reported.history ?? reported.clientHistory)
    if (!isList(reported.parts)) holder = reported
    for (const turn of turns)
      for (const message of reading.read(turn)) {
        rows += 1
        yield { key: FORMAT, message }
      }
  }
  if (rows === 0) throw new WithoutMessages()
  const title = titleFrom(reading.firstTyped)
  const head: SourceHead = {
    name: 'session 1',
    identity: { by: 'content', beside: [FORMAT] },
    ...madeHead(title, defaults),
    agent: defaults.agent ?? FORMAT,
    model: defaults.model ?? '',
    metadata:
      holder === null
        ? null
        : metadataOf(FORMAT, membersBut(holder, new Set(['history', 'clientHistory'])) ?? {}),
    leftOut: reading.leftOut.list(),
  }
  yield { key: FORMAT, head }
}

/** Turns of a history as rows, in the order in which they come. */
class CheckpointReader {
  readonly leftOut = new LeftOutTally()
  firstTyped: string | null = null
  private readonly calls = new UnansweredCalls()
  private turns = 0

  read(turn: Json): SourceMessage[] {
    this.turns += 1
    this.leftOut.addUnread(turn, geminiTurn)
    const { role, parts: content } = turn
    const parts = readParts(content, this.calls)
    this.calls.ask(parts.calls)
    const at = `message ${this.turns}`
    const results = parts.results.map((result) => ({
      at,
      role: 'TOOL' as const,
      content: result.text,
      toolCallId: this.calls.answer(result.id, result.name),
      isError: result.isError,
    }))
    const { text, reasoning, pictures, rest } = parts
    if (results.length > 0 && text === '' && pictures.length === 0) return results
    const { typed, wrapped } = role === 'model' ? { typed: text, wrapped: '' } : splitHarnessText(text)
    const isTyped = typed !== '' || pictures.length > 0 || role === 'model'
    if (role !== 'model' && isTyped) this.firstTyped ??= typed
    return [
      ...results,
      {
        at,
        role: role === 'model' ? 'ASSISTANT' : isTyped ? 'USER' : 'SYSTEM',
        content: isTyped ? typed : text,
        ...(parts.calls.length > 0 ? { toolCalls: parts.calls } : {}),
        ...(reasoning === null ? {} : { reasoning }),
        ...(pictures.length > 0 ? { pictures } : {}),
        metadata: metadataOf(FORMAT, {
          wrapped: isTyped && wrapped !== '' ? wrapped : null,
          content: rest.length > 0 ? rest : null,
        }),
      },
    ]
  }
}
