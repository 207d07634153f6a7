import type { IncomingMessage, ServerResponse } from 'node:http'
import { type DocumentNode, getOperationAST, Kind } from 'graphql'
import { processRegularResult } from 'graphql-yoga'
import { rounds } from '../../rounds.js'
import { toSend } from '../../rules/text.js'
import { createDocumentStore } from '../edge/document-store.js'
import { maskError } from '../edge/errors.js'
import { asksForParts } from '../edge/incremental.js'
import { readBodyOf } from '../edge/read-body.js'
import { findExcess } from '../limits/variable-limit.js'
import type { GatewayYoga } from '../yoga.js'

/** What the answer is sent as, by Accept header; any other header takes Yoga's own way. */
const answerTypes: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/json': 'application/json',
  'application/graphql-response+json': 'application/graphql-response+json',
}
const jsonTypes = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
])
const members = new Set(['query', 'variables', 'operationName', 'extensions'])

interface Operation {
  query: string
  variables?: Record<string, unknown> | null
  operationName?: string | null
}

type Listener = (req: IncomingMessage, res: ServerResponse) => unknown

/** Characters of an answer that take milliseconds to send. */
const LONG_TEXT = 1_000_000

/**
 * Answers one operation as JSON for one result as JSON without web requests and streams: the same plugins, the same bytes.
 * All else, and what is wrong before it runs, is left to Yoga. Expects the request's JSON in `req.body.json`.
 */
export function createShortLane(yoga: GatewayYoga, corsOrigins: readonly string[]): Listener {
  const runnable = createDocumentStore<DocumentNode>()

  const isRead = (req: IncomingMessage) => {
    const { query } = (readBodyOf(req)?.json ?? {}) as { query?: unknown }
    return typeof query === 'string' && runnable.get(query) !== undefined
  }

  /** The document if it is valid and gives one result; kept, since neither depends on the caller. */
  function read({ query }: Operation, enveloped: ReturnType<typeof yoga.getEnveloped>): DocumentNode | null {
    const cached = runnable.get(query)
    if (cached !== undefined) return cached
    try {
      const document = enveloped.parse(query)
      if (enveloped.validate(enveloped.schema, document).length > 0 || !givesOneResult(document)) return null
      runnable.set(query, document)
      return document
    } catch {
      return null
    }
  }

  return async (req, res) => {
    // Reading a document may take the thread for milliseconds.
    if (!isRead(req)) await rounds.take()
    const type = answerTypes[req.headers.accept ?? '*/*']
    const isCrossOrigin = corsOrigins.length > 0 && req.headers.origin !== undefined
    const operation = type === undefined || isCrossOrigin ? null : readOperation(req)
    if (type === undefined || operation === null) return yoga(req, res)
    const enveloped = yoga.getEnveloped({ req, res, request: asRequest(req), params: operation })
    const document = read(operation, enveloped)
    if (document === null || !getOperationAST(document, operation.operationName)) return yoga(req, res)
    const result = await execute(enveloped, document, operation)
    if (res.headersSent || res.destroyed) return
    if (result.errors === undefined && result.extensions === undefined) {
      const text = JSON.stringify(result)
      if (text.length > LONG_TEXT) await rounds.takeWhole()
      if (res.headersSent || res.destroyed) return
      return send(res, 200, { 'Content-Type': `${type}; charset=utf-8` }, text)
    }
    // Of all that fetching takes it makes the answer alone.
    const answer = processRegularResult(result, { Response } as never, type) as Response
    send(res, answer.status, Object.fromEntries(answer.headers), await answer.text())
  }
}

async function execute(
  { contextFactory, execute, schema }: ReturnType<GatewayYoga['getEnveloped']>,
  document: DocumentNode,
  { variables, operationName }: Operation,
) {
  try {
    const context = contextFactory()
    const contextValue = context instanceof Promise ? await context : context
    const result = execute({ schema, document, contextValue, variableValues: variables, operationName })
    return result instanceof Promise ? await result : result
  } catch (error) {
    return { errors: [maskError(error)] }
  }
}

function send(res: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  const body = toSend(text)
  res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) })
  res.end(body)
}

/** As much of a web request as the plugins around an operation read. */
function asRequest({ headers }: IncomingMessage): object {
  return { method: 'POST', headers: { get: (name: string) => headers[name] ?? null } }
}

/** The operation of a plain request; null for any that is not, or that Yoga would refuse. */
function readOperation(req: IncomingMessage): Operation | null {
  if (req.method !== 'POST' || req.url !== '/graphql') return null
  if (!jsonTypes.has(req.headers['content-type'] ?? '')) return null
  const operation = readBodyOf(req)?.json
  return isOperation(operation) ? operation : null
}

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { query, variables, operationName, extensions } = value as Record<string, unknown>
  return (
    typeof query === 'string' &&
    typeof (variables ?? {}) === 'object' &&
    !Array.isArray(variables) &&
    typeof (operationName ?? '') === 'string' &&
    (extensions ?? null) === null &&
    findExcess({ query, variables }) === null &&
    Object.keys(value).every((name) => members.has(name))
  )
}

/** No subscription, and no directive that asks for parts. */
function givesOneResult(document: DocumentNode): boolean {
  const isSubscription = document.definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'subscription',
  )
  return !isSubscription && !asksForParts(document)
}
