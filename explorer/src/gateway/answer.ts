import type { GraphQLResponse, RequestParameters, Variables } from 'relay-runtime'
import { GatewayFailure, type GraphqlError, readFailure } from './failure'
import { forgetCaller, readCaller, readKey } from './key'
import { insist } from './retry'

export const URL_OF_GATEWAY = '/graphql'

/** How an operation travels: by the hash that the gateway knows it by, never as a text. */
export const bodyOf = (request: RequestParameters, variables: Variables) => ({
  operationName: request.name,
  variables,
  extensions: { persistedQuery: { version: 1, sha256Hash: request.id } },
})

/** The headers that tell who asks. */
export const authorization = (): Record<string, string> => {
  const key = readKey()
  // Without a key the browser's cookie tells who asks, which takes a header that pages elsewhere cannot set.
  return key === null ? { 'GraphQL-Require-Preflight': '1' } : { Authorization: `Bearer ${key}` }
}

/** With the pauses between them, about four seconds. */
const MOST_TIMES = 5
const UNREACHABLE = 'UNREACHABLE'
const POSITION = 'Session-Gateway-Position'

/** How far the database's log was when this page last wrote or was told an event: whatever gateway answers next has that. */
let position: string | null = null

/** Takes in where the log was, by an answer or by an event. */
export function notePosition(told: unknown): void {
  if (typeof told === 'string' && (position === null || isBehind(position, told))) position = told
}

/** Whether one place, of hexadecimal numbers, comes before another. */
function isBehind(one: string, other: string): boolean {
  const padded = (place: string) => place.replace(/[0-9a-f]+/gi, (part) => part.padStart(8, '0'))
  return padded(one) < padded(other)
}

/** Asks the gateway; throws a `GatewayFailure` where the answer has no data. */
export async function fetchAnswer(
  request: RequestParameters,
  variables: Variables,
): Promise<GraphQLResponse> {
  const caller = readCaller()
  const body = JSON.stringify(bodyOf(request, variables))
  // What only reads may be asked again: a connection is cut more often than a gateway is gone.
  const mostTimes = request.operationKind === 'query' ? MOST_TIMES : 1
  const isOfUse = (times: number, error: unknown) =>
    times < mostTimes && (error as GatewayFailure).code === UNREACHABLE
  const { response, answer } = await insist(() => post(body), isOfUse)
  notePosition(response.headers.get(POSITION))
  const requestId = response.headers.get('X-Request-Id')
  if (answer === null || typeof answer !== 'object')
    throw new GatewayFailure('UNREADABLE', `The gateway answered ${response.status} without a reason.`, {
      requestId,
    })
  const { data, errors = [] } = answer
  const isUnknown = errors.some(({ extensions }: GraphqlError) => extensions?.code === 'UNAUTHENTICATED')
  // Where roots may be null a question can fail with data that holds nothing; what there is not, screens tell themselves.
  const isEmpty = request.operationKind === 'query' && Object.values(data ?? {}).every((root) => root == null)
  const isFailed = errors.some(({ extensions }: GraphqlError) => extensions?.code !== 'NOT_FOUND')
  if (data != null && !isUnknown && !(isEmpty && isFailed)) return answer
  const failure = readFailure(errors, requestId)
  if (isUnknown) forgetCaller(caller)
  throw failure
}

async function post(body: string) {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json',
    ...authorization(),
    ...(position === null ? {} : { [POSITION]: position }),
  }
  try {
    const response = await fetch(URL_OF_GATEWAY, { method: 'POST', headers, body })
    return { response, answer: await response.json().catch(nullUnlessCut) }
  } catch {
    throw new GatewayFailure(UNREACHABLE, 'The gateway cannot be reached.')
  }
}

/** What is no JSON has no answer in it; one that breaks off has not arrived. */
function nullUnlessCut(error: unknown): null {
  if (error instanceof SyntaxError) return null
  throw error
}
