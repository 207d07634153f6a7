import type { Format, SourcePiece } from '../format.js'
import { isList, isObject, type SourceDefaults, Unreadable } from '../source.js'
import { exchangeIn, throwIfFailed } from './api-batch.js'
import { readChat } from './chat.js'
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

const readMembers = new Set(['id', 'choices', 'created', 'model', 'usage', 'object'])
const choiceMembers = new Set(['index', 'message'])
const answerMembers = new Set(['id', 'type', 'role', 'content', 'model', 'usage'])

function readExchange(value: unknown, number: number, defaults: SourceDefaults): Generator<SourcePiece> {
  const exchange = exchangeIn(value)
  if (exchange !== null) throwIfFailed(exchange)
  const { request = null, response = looseObject(value), beside = null } = exchange ?? {}
  const asked = request ?? {}
  const { messages, ...others } = asked
  const answer = response === null ? null : answerIn(response)
  const name = looseName(beside?.custom_id)
  return readChat(
    {
      ...others,
      id: answer?.id ?? (name === null ? undefined : `request ${name}`),
      model: answer?.model ?? looseName(asked.model),
      messages: [...(Array.isArray(messages) ? messages : []), ...(answer === null ? [] : [answer.message])],
      ...(answer === null || answer.createdAt === null ? {} : { created_at: answer.createdAt }),
      ...{ response: answer?.others ?? null, exchange: beside },
    },
    number,
    defaults,
    answer?.left,
  )
}

interface Answer {
  id: string | null
  model: string | null
  createdAt: number | null
  message: Json
  others: Json | null
  left: string[]
}

function answerIn(response: Json): Answer {
  const id = looseName(response.id)
  const model = looseName(response.model)
  const shared = { ...(model === null ? {} : { model }), usage: response.usage }
  if (isAnswer(response)) {
    const { role, content } = response
    const others = membersBut(response, answerMembers)
    return { id, model, createdAt: null, message: { ...shared, role, content }, others, left: [] }
  }
  const [choice, ...alternatives] = looseObjects(response.choices)
  if (!isObject(choice?.message)) throw new Unreadable('it has no answer')
  const createdAt = looseNumber(response.created)
  const message = {
    ...membersBut(choice, choiceMembers),
    ...choice.message,
    ...shared,
    ...(createdAt === null ? {} : { timestamp: createdAt }),
  }
  const left = alternatives.map(() => 'choices behind the first')
  return { id, model, createdAt, message, others: membersBut(response, readMembers), left }
}
