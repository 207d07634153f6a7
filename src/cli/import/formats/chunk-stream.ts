import { isObject } from '../source.js'
import type { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseNumber, looseObject, looseObjects } from './loose.js'
import { members } from './members.js'

/** Whether a value is one piece of a chat completion that was streamed. */
export function isChunk(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value.choices)) return false
  return (
    value.object === 'chat.completion.chunk' ||
    looseObjects(value.choices).some(({ delta }) => isObject(delta))
  )
}

const textMembers = ['content', 'reasoning_content', 'reasoning', 'refusal']
const called = members('calls', 'name arguments')
const delta = members('chunks', `role ${textMembers.join(' ')}`, { tool_calls: true, function_call: called })

/** An answer of OpenAI's Chat Completions in chunks; of several choices the first one counts. */
export class ChunkStream {
  isOver = false
  private response: Json = {}
  private choice: Json = {}
  private texts: Record<string, string> = {}
  private calls: Json[] = []
  private functionCall: Json | null = null
  private readonly alternatives = new Set<number>()

  constructor(private readonly leftOut: LeftOutTally) {}

  take({ choices, object: _, obfuscation: _padding, ...chunk }: Json): void {
    this.response = { ...this.response, ...said(chunk) }
    if (isObject(chunk.error)) this.isOver = true
    for (const { index, delta: given, logprobs, ...rest } of looseObjects(choices)) {
      const number = looseNumber(index) ?? 0
      if (number > 0) this.alternatives.add(number)
      else this.grow(looseObject(given), said(rest), logprobs)
    }
  }

  answer(): Json {
    this.leftOut.add('choices behind the first', this.alternatives.size)
    const { choice, texts, calls, functionCall } = this
    const message = {
      ...{ role: 'assistant', ...texts },
      ...(calls.length > 0 ? { tool_calls: calls.map(({ index: _, ...call }) => call) } : {}),
      ...(functionCall === null ? {} : { function_call: functionCall }),
    }
    return { ...this.response, object: 'chat.completion', choices: [{ ...choice, index: 0, message }] }
  }

  /** A stream that is told again. */
  private begin(): void {
    this.choice = {}
    this.texts = {}
    this.calls = []
    this.functionCall = null
  }

  private grow(given: Json, rest: Json, logprobs: unknown): void {
    if (this.choice.finish_reason !== undefined && saysMore(given)) this.begin()
    this.leftOut.addUnread(given, delta)
    if (logprobs != null) this.leftOut.add('logprobs of chunks')
    for (const name of textMembers) {
      const text = given[name]
      if (typeof text === 'string') this.texts = { ...this.texts, [name]: (this.texts[name] ?? '') + text }
    }
    for (const call of looseObjects(given.tool_calls)) this.growCalls(call)
    if (isObject(given.function_call))
      this.functionCall = joined(this.functionCall ?? {}, given.function_call)
    this.choice = { ...this.choice, ...rest }
    if (looseName(rest.finish_reason) !== null) this.isOver = true
  }

  /** Calls are told by their index; some servers give all the same one, with ids of their own. */
  private growCalls(call: Json): void {
    const at = this.calls.findLastIndex(({ index }) => index === call.index)
    const before = this.calls[at]
    const [id, idBefore] = [looseName(call.id), looseName(before?.id)]
    if (before === undefined || (id !== null && idBefore !== null && id !== idBefore)) {
      this.calls.push(call)
      return
    }
    const grown = joined(looseObject(before.function), looseObject(call.function))
    this.calls[at] = { ...before, ...said(call), function: grown }
  }
}

function saysMore(delta: Json): boolean {
  return (
    textMembers.some((name) => looseName(delta[name]) !== null) || looseObjects(delta.tool_calls).length > 0
  )
}

/** Arguments come in pieces, names whole. */
function joined(before: Json, more: Json): Json {
  const text = `${looseName(before.arguments) ?? ''}${looseName(more.arguments) ?? ''}`
  return { ...before, ...said(more), name: looseName(before.name) ?? more.name, arguments: text }
}

/** The members that say something. */
function said(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value != null && value !== ''))
}
