import { setOf } from '../../../rules/listed.js'
import type { Format, SourcePiece } from '../format.js'
import { isList, isObject, type SourceDefaults, type SourceIdentity, Unreadable } from '../source.js'
import { exchangeIn, throwIfFailed } from './api-batch.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { RESPONSES, ResponseReader } from './responses-reader.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

/** Requests and responses of OpenAI's Responses API, alone or `{request, response}`: a session each. */
export const openaiResponses: Format = {
  title: 'response of the OpenAI Responses API',
  input: 'value',
  recognizes: ({ values }) =>
    values.some((value) => {
      const { request, response } = partsOf(value)
      return isResponse(response) || (!('messages' in request) && isInput(request.input))
    }),
  looksLike: ({ values }) => values.some(isOfResponse),
  name: ({ value, number }) => nameOf(looseName(partsOf(value).response.id), number),
  lists: ['input', 'output'],
  read: ({ value, number }, defaults) => readResponse(value, String(number), defaults),
}

const itemTypes =
  /^(?:message|reasoning|compaction|item_reference|mcp_[a-z_]+|tool_search_output|[a-z_]+_call|[a-z_]+_call_output)$/

function isInput(value: unknown): boolean {
  if (!Array.isArray(value)) return isList(value)
  return (
    value.length > 0 &&
    value.every((item) => isObject(item) && (itemTypes.test(String(item.type)) || 'role' in item))
  )
}

/** An item alone, an event of a response that is streamed, or a response without an output. */
function isOfResponse(value: unknown): boolean {
  if (!isObject(value)) return false
  const type = String(value.type)
  return (
    value.object === 'response' || /^function_call(?:_output)?$/.test(type) || type.startsWith('response.')
  )
}

function isResponse(value: unknown): boolean {
  return isObject(value) && value.object === 'response' && isList(value.output)
}

interface Parts {
  request: Json
  response: Json
  beside: Json | null
}

function partsOf(value: unknown): Parts {
  const object = looseObject(value)
  const exchange = exchangeIn(value)
  if (exchange !== null && (exchange.response === null || isResponse(exchange.response)))
    return { ...exchange, request: exchange.request ?? {}, response: exchange.response ?? {} }
  const { response, ...beside } = object
  if (isResponse(response)) return { request: {}, response: looseObject(response), beside }
  const isWhole = isList(object.output) || object.object === 'response'
  return { request: object, response: isWhole ? object : {}, beside: null }
}

const readMembers = setOf(
  'id object created_at model input output output_text usage error instructions previous_response_id',
)

/** The session of a response, or of a request, or of both. */
export function* readResponse(
  value: unknown,
  key: string,
  defaults: SourceDefaults,
  leftOut = new LeftOutTally(),
): Generator<SourcePiece> {
  const exchange = exchangeIn(value)
  if (exchange !== null) throwIfFailed(exchange)
  const { request, response, beside } = partsOf(value)
  const reader = new ResponseReader(leftOut)
  let rows = 0
  const told = function* (messages: ReturnType<ResponseReader['readInput']>): Generator<SourcePiece> {
    for (const message of messages) {
      rows += 1
      yield { key, message }
    }
  }
  yield* told(reader.readInput(request.input))
  yield* told(reader.readOutput(response))
  if (rows === 0) throw new Unreadable('it has neither input nor output')
  const id = looseName(response.id)
  const before = response.previous_response_id ?? request.previous_response_id ?? null
  if (before !== null) reader.leftOut.add('previous_response_id')
  const instructions = response.instructions ?? request.instructions
  const systemPrompt = looseName(instructions)
  const model = looseName(response.model) ?? looseName(request.model) ?? defaults.model
  const title = titleFrom(reader.firstTyped)
  const others = { ...membersBut(request, readMembers), ...membersBut(response, readMembers) }
  yield {
    key,
    head: {
      name: nameOf(id, Number(key)),
      identity: identityOf(id),
      ...madeHead(title, defaults),
      agent: defaults.agent,
      model: model ?? '',
      startContext: startContext({ model }, defaults.agent, systemPrompt),
      systemPrompt,
      createdAt: isoTime(response.created_at),
      metadata: metadataOf(RESPONSES, {
        ...others,
        exchange: beside,
        ...(systemPrompt === null && instructions !== undefined ? { instructions } : {}),
      }),
      leftOut: reader.leftOut.list(),
    },
  }
}

function identityOf(id: string | null): SourceIdentity {
  return id === null ? { by: 'content', beside: [RESPONSES] } : { by: 'name', identityPath: [RESPONSES, id] }
}
