import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { decodeTraces } from '../../src/otlp/protobuf.js'

export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId: string | undefined
  name: string
  kind: number
  status: number
  ms: number
  attributes: Record<string, unknown>
  resource: Record<string, unknown>
}

/** A point of a metric: of a histogram, what it holds by bucket. */
export interface ReceivedPoint {
  metric: string
  kind: 'gauge' | 'sum' | 'histogram'
  attributes: Record<string, unknown>
  value: number
  counts: number[]
  bounds: number[]
}

/** A collector of OpenTelemetry in this process, which takes protobuf over HTTP as others do. */
export async function startOtlpReceiver(answer: 'takes all' | 'never answers' | 'refuses' = 'takes all') {
  const spans: ReceivedSpan[] = []
  const headers: IncomingHttpHeaders[] = []
  let points: ReceivedPoint[] = []
  const server = createServer(async (req, res) => {
    headers.push(req.headers)
    const body = Buffer.concat(await req.toArray())
    if (answer === 'never answers') return
    if (answer === 'refuses') return void res.writeHead(400).end()
    if (req.url === '/v1/traces') spans.push(...readSpans(body))
    else if (req.url === '/v1/metrics') points = readPoints(body)
    else return void res.writeHead(404).end()
    res.writeHead(200, { 'Content-Type': 'application/x-protobuf' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers,
    points: () => points,
    /** Waits until this is so, for thirty seconds. */
    until: async (isSo: () => boolean) => {
      for (let waited = 0; !isSo() && waited < 30_000; waited += 20) await sleep(20)
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function readSpans(body: Uint8Array): ReceivedSpan[] {
  const { resourceSpans = [] } = decodeTraces(body) as any
  return resourceSpans.flatMap(({ resource, scopeSpans }: any) =>
    scopeSpans.flatMap(({ spans }: any) =>
      spans.map((span: any) => ({
        ...{ traceId: span.traceId, spanId: span.spanId, parentSpanId: span.parentSpanId, name: span.name },
        kind: span.kind,
        status: span.status?.code ?? 0,
        ms: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
        attributes: attributesOf(span.attributes),
        resource: attributesOf(resource.attributes),
      })),
    ),
  )
}

const attributesOf = (pairs: { key: string; value: object }[] = []) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]))

type Fields = Map<number, any[]>

/** A message of protobuf by its field numbers, nothing of it understood yet. */
function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes)
  const fields: Fields = new Map()
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag()
    const value = wire === 2 ? reader.bytes() : wire === 1 ? reader.double() : reader.uint64()
    fields.set(number, [...(fields.get(number) ?? []), value])
  }
  return fields
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const eights = (bytes = new Uint8Array(), read: (view: DataView, at: number) => number): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: bytes.byteLength / 8 }, (_, index) => read(view, index * 8))
}
/** What was read as a double, where it is a whole number of 64 bits. */
const asWhole = (value: number) => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return Number(view.getBigInt64(0))
}

/** By the numbers of opentelemetry/proto/metrics/v1/metrics.proto. */
function readPoints(body: Uint8Array): ReceivedPoint[] {
  const under = (message: Fields, number: number): Fields[] => (message.get(number) ?? []).map(fieldsOf)
  const metrics = under(fieldsOf(body), 1)
    .flatMap((resource) => under(resource, 2))
    .flatMap((scope) => under(scope, 2))
  const kinds = [
    ['gauge', 5, 7],
    ['sum', 7, 7],
    ['histogram', 9, 9],
  ] as const
  return metrics.flatMap((metric) =>
    kinds.flatMap(([kind, field, attributes]) =>
      under(metric, field)
        .flatMap((data) => under(data, 1))
        .map((point) => ({
          metric: text(metric.get(1)?.[0]),
          kind,
          attributes: Object.fromEntries(
            under(point, attributes).map((pair) => [
              text(pair.get(1)?.[0]),
              text(fieldsOf(pair.get(2)?.[0]).get(1)?.[0] ?? new Uint8Array()),
            ]),
          ),
          value:
            kind === 'histogram'
              ? (point.get(5)?.[0] ?? 0)
              : (point.get(4)?.[0] ?? asWhole(point.get(6)?.[0] ?? 0)),
          counts: eights(kind === 'histogram' ? point.get(6)?.[0] : undefined, (view, at) =>
            Number(view.getBigUint64(at, true)),
          ),
          bounds: eights(kind === 'histogram' ? point.get(7)?.[0] : undefined, (view, at) =>
            view.getFloat64(at, true),
          ),
        })),
    ),
  )
}
