import { isObject, Unreadable } from '../source.js'
import { type Json, looseName, looseObject, membersBut } from './loose.js'

/** What a line of a batch holds, or an object of a request and its response. */
interface Exchange {
  request: Json | null
  response: Json | null
  /** What it says beside: its name in the batch, the status of the answer. */
  beside: Json | null
  /** Why there is no response. */
  fault: string | null
}

/**
 * The request or the response of a line that OpenAI's Batch API takes or gives, or Anthropic's Message Batches, or of an object
 * of both; null for other values.
 */
export function exchangeIn(value: unknown): Exchange | null {
  if (!isObject(value)) return null
  const { custom_id: name, response, request, body, params, result, error } = value
  const found = (names: string[], members: Partial<Exchange>, beside: Json | null = null): Exchange => ({
    ...{ request: null, response: null, fault: null, ...members },
    beside: { ...membersBut(value, new Set(names)), ...beside },
  })
  if (isObject(request) && isObject(response)) return found(['request', 'response'], { request, response })
  if (looseName(name) === null) return null
  if (isObject(body)) return found(['body'], { request: body })
  if (isObject(params)) return found(['params'], { request: params })
  if (isObject(result)) return found(['result'], ofResult(result), membersBut(result, resultMembers))
  if (isObject(response))
    return found(['response'], ofResponse(response), membersBut(response, new Set(['body'])))
  return isObject(error) ? found(['error'], { fault: faultOf(error) }) : null
}

const resultMembers = new Set(['message', 'error'])

/** @throws {Unreadable} for a request of a batch that failed */
export function throwIfFailed({ fault }: Exchange): void {
  if (fault !== null) throw new Unreadable(`its request failed: ${fault}`)
}

function ofResponse({ body }: Json): Partial<Exchange> {
  if (!isObject(body)) return { fault: 'it has no response' }
  return isObject(body.error) && body.object !== 'response'
    ? { fault: faultOf(body.error) }
    : { response: body }
}

/** A result of Anthropic's, whose error stands in an error. */
function ofResult({ type, message, error }: Json): Partial<Exchange> {
  if (isObject(message)) return { response: message }
  const inner = looseObject(error)
  return { fault: isObject(error) ? faultOf(isObject(inner.error) ? inner.error : inner) : String(type) }
}

/** Why an API refused, in its words. */
export function faultOf({ message, code, type }: Json): string {
  return looseName(message) ?? looseName(code) ?? looseName(type) ?? 'unknown'
}
