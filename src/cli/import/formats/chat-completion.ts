import type { Format, SourcePiece } from '../format.js'
import { isList, isObject, type SourceDefaults, Unreadable } from '../source.js'
import { exchangeIn, faultOf, throwIfFailed } from './api-batch.js'
import { readChat } from './chat.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseNumber, looseObject, looseObjects, membersBut } from './loose.js'
import { nameOf } from './names.js'

/** Answers of OpenAI's Chat Completions and Anthropic's Messages as their APIs give them, alone, with their request, or in batches. */
export const chatCompletion: Format = {
  title: 'chat completion',
  input: 'value',
  recognizes: ({ values }) => values.some(isExchange),
  name: ({ value, number }) =>
    nameOf(looseName(looseObject(value).custom_id ?? looseObject(value).id), number),
  read: ({ value, number }, defaults) => readExchange(value, number, defaults),
}

function isCompletion(value: unknown): boolean {
  return isObject(value) && Array.isArray(value.choices) && isObject(looseObject(value.choices[0]).message)
}

/** A message as the API gives it, which is more than one of a chat. */
function isAnswer(value: unknown): boolean {
  return isObject(value) && value.type === 'message' && value.role === 'assistant' && 'content' in value
}

function isExchange(value: unknown): boolean {
  if (isCompletion(value)) return true
  const { request, response } = exchangeIn(value) ?? {}
  return isCompletion(response) || isAnswer(response) || (response == null && isList(request?.messages))
}

const readMembers = new Set(['id', 'choices', 'created', 'model', 'usage', 'object', 'error'])
const choiceMembers = new Set(['index', 'message'])
const answerMembers = new Set(['id', 'type', 'role', 'content', 'model', 'usage', 'error'])

function readExchange(value: unknown, number: number, defaults: SourceDefaults): Generator<SourcePiece> {
  const exchange = exchangeIn(value)
  if (exchange === null) return readAnswer(looseObject(value), number, defaults)
  throwIfFailed(exchange)
  const { request, response, beside } = exchange
  return readAnswer(response, number, defaults, { request, beside })
}

/** The session of an answer, of a request, or of both; what broke an answer off is a row of the harness. */
export function readAnswer(
  response: Json | null,
  number: number,
  defaults: SourceDefaults,
  { request = null, beside = null }: { request?: Json | null; beside?: Json | null } = {},
  leftOut = new LeftOutTally(),
): Generator<SourcePiece> {
  const asked = request ?? {}
  const { messages, ...others } = asked
  const answer = response === null ? null : answerIn(response, leftOut)
  const name = looseName(beside?.custom_id)
  return readChat(
    {
      ...others,
      id: answer?.id ?? (name === null ? undefined : `request ${name}`),
      model: answer?.model ?? looseName(asked.model),
      messages: [...(Array.isArray(messages) ? messages : []), ...(answer?.messages ?? [])],
      ...(answer === null || answer.createdAt === null ? {} : { created_at: answer.createdAt }),
      ...{ response: answer?.others ?? null, exchange: beside },
    },
    number,
    defaults,
    leftOut,
  )
}

interface Answer {
  id: string | null
  model: string | null
  createdAt: string | null
  messages: Json[]
  others: Json | null
}

function answerIn(response: Json, leftOut: LeftOutTally): Answer {
  const id = looseName(response.id)
  const model = looseName(response.model)
  const shared = { ...(model === null ? {} : { model }), usage: response.usage }
  if (isAnswer(response)) {
    const messages = told({ ...shared, role: response.role, content: response.content }, response.error)
    return { id, model, createdAt: null, messages, others: membersBut(response, answerMembers) }
  }
  const [choice, ...alternatives] = looseObjects(response.choices)
  if (!isObject(choice?.message)) throw new Unreadable('it has no answer')
  leftOut.add('choices behind the first', alternatives.length)
  const createdAt = isoTime(looseNumber(response.created))
  const message = {
    ...membersBut(choice, choiceMembers),
    ...choice.message,
    ...shared,
    ...(createdAt === null ? {} : { timestamp: createdAt }),
  }
  const messages = told(message, response.error)
  return { id, model, createdAt, messages, others: membersBut(response, readMembers) }
}

/** The answer and the error that broke it off, of which there may be one alone. */
function told(answer: Json, error: unknown): Json[] {
  if (!isObject(error)) return [answer]
  const { timestamp, content, tool_calls } = answer
  const isEmpty =
    (content == null || content === '' || (isList(content) && [...content].length === 0)) &&
    tool_calls == null
  const time = timestamp === undefined ? {} : { timestamp }
  return [...(isEmpty ? [] : [answer]), { role: 'system', ...time, content: faultOf(error), error }]
}
