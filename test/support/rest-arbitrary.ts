import fc from 'fast-check'
import { deep, hostileValue, mutated, uuid, validValue } from './rest-arbitrary-values.js'
import type { Operation } from './rest-document.js'
import { sessionId } from './rest-dreadnode-world.js'

/** A request to fuzz with; `{P1}`, `{GROUP}` and their like in its texts stand for ids of the world it meets. */
export interface FuzzedRequest {
  method: string
  /** Below the dialect's base, percent-encoded, with its query. */
  target: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

const rawBody = fc.oneof(
  fc.constantFrom('', '{', 'null', '[]', '"x"', '\ufeff{}', '{"message_count":1e400}', '{"up_to_seq":-0}'),
  fc.constantFrom('{"id":1,"id":2}', '{"__proto__":{"model":"m"}}', '{"labels":{"__proto__":["x"]}}', '{}x'),
  fc.constantFrom(2000, 100_000).map((levels) => '['.repeat(levels)),
  fc.constantFrom(2000, 50_000).map((levels) => `{"metadata":${deep(levels)}}`),
  fc.uint8Array({ maxLength: 40 }),
)

function bodyOf({ body, dialect }: Operation): fc.Arbitrary<string | Uint8Array | undefined> {
  if (body === null) return fc.option(rawBody, { nil: undefined, freq: 5 })
  const valid = validValue(body, dialect)
  const text = (value: unknown) => JSON.stringify(value) ?? ''
  return fc.oneof(
    { weight: 5, arbitrary: valid.map(text) },
    { weight: 5, arbitrary: mutated(valid).map(text) },
    { weight: 1, arbitrary: hostileValue.map(text) },
    { weight: 1, arbitrary: rawBody },
  )
}

/** Percent-encoded texts, malformed ones and odd encodings among them. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '%00',
    '%zz',
    '%',
    '%ff',
    '%ed%a0%80',
    '%c0%80',
    '%2F',
    '%2e%2e',
    '%E2%80%AE',
    '+',
    '',
    '%0a',
  ),
  fc
    .constantFrom('-1', '0', '1e3', '0x10', '9'.repeat(400), '１', 'NaN', 'null', '[]', 'x'.repeat(300))
    .map(encode),
  fc.string({ unit: 'binary', maxLength: 12 }).map(encode),
)

const pathId = fc.oneof(
  { weight: 6, arbitrary: uuid },
  { weight: 2, arbitrary: uuid.map((id) => `session_${id.replaceAll('-', '')}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1111', '2222', '22220000', '7777-0000', 'zzzz', '1', 'U2Vzc2lvbjphL2I='),
  },
  { weight: 1, arbitrary: fc.constantFrom('facets', 'grouped', 'groups', 'bulk-freeze', 'pin') },
  { weight: 1, arbitrary: hostileText },
)

function queryOf({ parameters, dialect }: Operation): fc.Arbitrary<string> {
  const pairs = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) => {
      const valid = validValue(schema.items ?? schema, dialect).map((value) => encode(String(value)))
      const value = fc.oneof({ weight: 3, arbitrary: valid }, { weight: 1, arbitrary: hostileText })
      return value.map((text) => `${name}=${text}`)
    })
  const noise = hostileText.map((text) => `${text}=${text}`)
  return fc.array(fc.oneof(...pairs, noise), { maxLength: 4 }).map((all) => all.join('&'))
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replaceAll('%7B', '{')
    .replaceAll('%7D', '}')
}

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json',
      'text/plain',
      'application/x+json',
      ';',
    ),
    'x-request-id': fc.constantFrom('a', 'x'.repeat(200), '\u00e9', ' '),
    'user-agent': fc.constantFrom('dreadnode-sdk/1.9.0', 'dreadnode-sdk/', 'x'),
    'x-org-id': fc.constantFrom('org_', `org_${'0'.repeat(32)}`),
  },
  { requiredKeys: [] },
)

const contentType = (body: unknown): Record<string, string> =>
  body === undefined ? {} : { 'content-type': 'application/json' }

/** What stands in a path where something of the world is meant. */
const namesInPaths: Record<string, fc.Arbitrary<string>> = {
  session_id: fc.constantFrom(...[1, 2, 2, 2, 5, 7].map(sessionId)),
  id: fc.constantFrom(...[1, 2, 2, 3, 5].map((n) => `session_${sessionId(n).replaceAll('-', '')}`)),
  group_id: fc.constant('{GROUP}'),
  project: fc.constantFrom('{P1}', '{EMPTY}', 'p2', 'default'),
  evaluation_id: fc.constant('{EVALUATION}'),
  item_id: fc.constant('{ITEM}'),
  device_code: fc.constant('sgd_unknown'),
}

/** Requests that the document allows, of what is there. */
export function soundRequestOf({
  method,
  path,
  parameters,
  body,
  dialect,
}: Operation): fc.Arbitrary<FuzzedRequest> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
    name && namesInPaths[name] ? [name] : [],
  )
  const pairs = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) =>
      validValue(schema.items ?? schema, dialect).map((value) => `${name}=${encode(String(value))}`),
    )
  const query =
    pairs.length === 0
      ? fc.constant('')
      : fc
          .subarray(pairs, { maxLength: Math.min(3, pairs.length) })
          .chain((some) => fc.tuple(...some).map((all) => all.join('&')))
  const text =
    body === null ? fc.constant(undefined) : validValue(body, dialect).map((value) => JSON.stringify(value))
  return fc
    .tuple(fc.tuple(...names.map((name) => namesInPaths[name] as fc.Arbitrary<string>)), query, text)
    .map(([values, asked, sent]) => {
      const target = names.reduce(
        (whole, name, index) => whole.replace(`{${name}}`, values[index] ?? ''),
        path,
      )
      return {
        method,
        target: asked === '' ? target : `${target}?${asked}`,
        headers: contentType(sent),
        body: sent,
      }
    })
}

/** Requests of an operation: valid, nearly valid, and hostile. */
export function requestOf(operation: Operation): fc.Arbitrary<FuzzedRequest> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
    name === 'org' || name === 'workspace' ? [] : [name as string],
  )
  const method = fc.oneof(
    { weight: 30, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST') },
  )
  return fc
    .tuple(method, fc.tuple(...names.map(() => pathId)), queryOf(operation), headers, bodyOf(operation))
    .map(([verb, values, query, sent, body]) => {
      const path = names.reduce(
        (text, name, index) => text.replace(`{${name}}`, values[index] ?? ''),
        operation.path,
      )
      const bodiless = verb === 'GET' || verb === 'HEAD'
      const target = query === '' ? path : `${path}?${query}`
      return { method: verb, target, headers: sent, body: bodiless ? undefined : body }
    })
}
