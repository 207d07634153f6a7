import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isList, isObject, type SourceDefaults, Unreadable } from '../source.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseNumber, looseObject, looseObjects } from './loose.js'
import { members, type Shape } from './members.js'
import { readResponse } from './openai-responses.js'

/** What OpenAI's Responses API streams: events of responses, each a session, as lines of JSON or of server-sent events. */
export const openaiEvents: Format = {
  title: 'stream of the OpenAI Responses API',
  input: 'file',
  recognizes: ({ shape, values }) => shape !== 'array' && values.some(isOfStream),
  *read(records, defaults) {
    let stream = null as ResponseStream | null
    let number = 0
    for (const { value } of records) {
      const begins = looseObject(value).type === 'response.created'
      if (stream === null || begins) {
        if (stream !== null) yield* stream.read(String(number), defaults)
        stream = new ResponseStream()
        number += 1
      }
      stream.take(value)
    }
    if (stream === null) throw new Unreadable('it has no events')
    yield* stream.read(String(number), defaults)
  },
}

const ends = new Set(['response.completed', 'response.incomplete', 'response.failed'])

function isOfStream(value: unknown): boolean {
  return isObject(value) && String(value.type).startsWith('response.') && isObject(value.response)
}

const told: Shape = members('events', 'type sequence_number response item output_index')

/** The events of one response, of which the last ones tell it whole. */
class ResponseStream {
  private readonly leftOut = new LeftOutTally()
  private response: Json = {}
  private isOver = false
  private readonly items = new Map<number, Json>()
  /** Of items that have not ended. */
  private readonly texts = new Map<number, string>()

  take(value: SourceRecord['value']): void {
    const event = looseObject(value)
    const type = looseName(event.type) ?? 'unknown'
    if (isObject(event.response)) {
      this.leftOut.addUnread(event, told)
      this.response = event.response
      this.isOver ||= ends.has(type)
    } else if (type === 'response.output_item.added' || type === 'response.output_item.done') {
      this.leftOut.addUnread(event, told)
      this.put(event, looseObject(event.item), type.endsWith('.done'))
    } else if (type === 'response.output_text.delta') this.grow(event)
    else if (type === 'error') this.response = { ...this.response, error: event }
    else if (!type.startsWith('response.')) this.leftOut.add(`${type} events`)
  }

  /** The response as it stood at the end of its events; one that did not end may still grow. */
  *read(key: string, defaults: SourceDefaults): Generator<SourcePiece> {
    const { response, isOver } = this
    const isWhole = isList(response.output) && [...response.output].length > 0
    const output = isWhole ? response.output : [...this.items].sort(([a], [b]) => a - b).map(this.itemOf)
    const status = isOver ? response.status : 'in_progress'
    yield* readResponse({ ...response, object: 'response', status, output }, key, defaults, this.leftOut)
  }

  private put({ output_index: index }: Json, item: Json, isDone: boolean): void {
    const at = looseNumber(index) ?? this.items.size
    this.items.set(at, item)
    if (isDone) this.texts.delete(at)
    else this.texts.set(at, '')
  }

  private grow({ output_index: index, delta }: Json): void {
    const at = looseNumber(index) ?? this.items.size - 1
    const text = this.texts.get(at)
    if (text !== undefined && typeof delta === 'string') this.texts.set(at, text + delta)
  }

  private readonly itemOf = ([at, item]: [number, Json]): Json => {
    const text = this.texts.get(at) ?? ''
    if (text === '' || looseObjects(item.content).length > 0) return item
    return { ...item, content: [{ type: 'output_text', text }] }
  }
}
