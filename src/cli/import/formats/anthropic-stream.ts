import { parseExactly } from '../../../rules/exact-json.js'
import { isObject } from '../source.js'
import type { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseNumber, looseObject, looseText } from './loose.js'
import { members, type Shape } from './members.js'

/** Whether a value begins a message that was streamed by Anthropic’s API. */
export function isAnthropicStart(value: unknown): value is { message: Json } {
  return isObject(value) && value.type === 'message_start' && looseObject(value.message).type === 'message'
}

/** Deltas that are texts: the member of the block that each adds to. */
const grows: Record<string, string> = {
  text_delta: 'text',
  thinking_delta: 'thinking',
  signature_delta: 'signature',
}
const inPieces = members('events', 'type text thinking signature partial_json')
const told: Record<string, Shape> = {
  message_start: members('events', 'type message'),
  content_block_start: members('events', 'type index content_block'),
  content_block_delta: members('events', 'type index', { delta: inPieces }),
  content_block_stop: members('events', 'type index'),
  message_delta: members('events', 'type delta usage'),
  message_stop: members('events', 'type'),
  ping: members('events', 'type'),
  error: members('events', 'type error'),
}

/** An answer of Anthropic's Messages in events. */
export class AnthropicStream {
  isOver = false
  private message: Json = {}
  private blocks = new Map<number, Json>()
  /** Inputs of calls, which come as pieces of JSON. */
  private inputs = new Map<number, string>()

  constructor(private readonly leftOut: LeftOutTally) {}

  take(event: Json): void {
    const type = looseName(event.type) ?? 'unknown'
    const shape = told[type]
    if (shape === undefined) this.leftOut.add(`${type} events`)
    else this.leftOut.addUnread(event, shape)
    const at = looseNumber(event.index) ?? 0
    if (type === 'message_start') this.begin(looseObject(event.message))
    else if (type === 'content_block_start') this.blocks.set(at, looseObject(event.content_block))
    else if (type === 'content_block_delta') this.grow(at, looseObject(event.delta))
    else if (type === 'message_delta') this.end(looseObject(event.delta), looseObject(event.usage))
    else if (type === 'error') this.message = { ...this.message, error: event.error }
    this.isOver ||= type === 'message_stop' || type === 'error'
  }

  answer(): Json {
    const content = [...this.blocks]
      .sort(([a], [b]) => a - b)
      .map(([at, block]) => ({ ...block, ...this.inputAt(at) }))
    return { type: 'message', role: 'assistant', ...this.message, content }
  }

  private begin(message: Json): void {
    this.message = message
    this.blocks = new Map()
    this.inputs = new Map()
    this.isOver = false
  }

  private grow(at: number, delta: Json): void {
    const type = looseName(delta.type) ?? 'unknown'
    const name = grows[type]
    const block = this.blocks.get(at) ?? {}
    if (type === 'input_json_delta')
      this.inputs.set(at, (this.inputs.get(at) ?? '') + (looseText(delta.partial_json) ?? ''))
    else if (name === undefined) this.leftOut.add(`${type} of parts`)
    else
      this.blocks.set(at, {
        ...block,
        [name]: (looseText(block[name]) ?? '') + (looseText(delta[name]) ?? ''),
      })
  }

  /** Why it ended, and its usage, of which the newest numbers count. */
  private end(delta: Json, usage: Json): void {
    const newer = Object.entries(usage).filter(([, value]) => value !== null)
    const counted = { ...looseObject(this.message.usage), ...Object.fromEntries(newer) }
    this.message = { ...this.message, ...delta, usage: counted }
  }

  private inputAt(at: number): Json {
    const text = this.inputs.get(at) ?? ''
    return text === '' ? {} : { input: parseExactly(text) ?? text }
  }
}
