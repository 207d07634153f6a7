import { LRUCache } from 'lru-cache'

/** What a client reads an answer as, by its Accept header. */
export interface Acceptable {
  /** Whether there is any type that this server writes. */
  any: boolean
  /** What an answer in parts is sent as; null where the client reads none that is spoken here. */
  parts: PartsType | null
  /** What events are sent as; null where the client reads none. */
  events: PartsType | null
}

type PartsType = 'multipart/mixed' | 'text/event-stream'

interface Range {
  type: string
  parameters: ReadonlyMap<string, string>
}

/** Whole answers come first, for they are what `*` / `*` means as well. */
const written = [
  'application/json',
  'application/graphql-response+json',
  'multipart/mixed',
  'text/event-stream',
]

/** The format of an answer in parts, by the parameters that clients name it with; it has had two names. */
const spoken: Readonly<Record<string, string>> = { deferspec: '20220824', incrementalspec: 'v0.1' }

/** Clients send a few; longer ones are read each time. */
const kept = new LRUCache<string, Acceptable>({ max: 100 })
const MAX_KEPT_CHARACTERS = 200

/** Reads an Accept header; without one everything is acceptable. */
export function readAccept(header: string | null): Acceptable {
  const text = header || '*/*'
  const before = kept.get(text)
  if (before !== undefined) return before
  const read = acceptableBy(readRanges(text))
  if (text.length <= MAX_KEPT_CHARACTERS) kept.set(text, read)
  return read
}

function acceptableBy(ranges: readonly Range[]): Acceptable {
  const named = (type: string) => ranges.filter((range) => range.type === type)
  const takes = (type: string) => ranges.some((range) => covers(range.type, type))
  const takesParts = ranges.some((range) => covers(range.type, 'multipart/mixed') && isSpoken(range))
  const takesEvents = named('multipart/mixed').some(
    ({ parameters }) => parameters.get('subscriptionspec') === '1.0',
  )
  const stream = takes('text/event-stream') ? 'text/event-stream' : null
  return {
    any: written.some(takes),
    parts: takesParts ? 'multipart/mixed' : stream,
    events: takesEvents && named('text/event-stream').length === 0 ? 'multipart/mixed' : stream,
  }
}

function readRanges(header: string): Range[] {
  return header
    .toLowerCase()
    .split(',')
    .map((text) => {
      const [type = '', ...parameters] = text.split(';').map((piece) => piece.trim())
      return { type, parameters: new Map(parameters.map(readParameter)) }
    })
    .filter(({ parameters }) => Number(parameters.get('q') ?? 1) !== 0)
    .filter(({ parameters }) => (parameters.get('charset') ?? 'utf-8') === 'utf-8')
}

function readParameter(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=').map((piece) => piece.trim())
  return [name, value.replaceAll('"', '')]
}

function covers(range: string, type: string): boolean {
  return range === '*/*' || range === type || range === `${type.split('/')[0]}/*`
}

/** Whether a client that names the format of parts names the one that is written here. */
function isSpoken({ parameters }: Range): boolean {
  return Object.entries(spoken).every(([name, version]) => (parameters.get(name) ?? version) === version)
}
