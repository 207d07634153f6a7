import {
  type Archived,
  type Choice,
  dimensionNames,
  dimensions,
  emptyFilter,
  markNames,
  type NumberRange,
  type PlainSort,
  type Preset,
  presetNames,
  rangeNames,
  ranges,
  type Sort,
  scoreNameOf,
  sortNames,
  type TimeChoice,
  type ViewFilter,
} from './filter'
import { readVerdict, writeVerdict } from './verdict'

export const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const archivedNames = { archived: 'ARCHIVED', any: 'ANY' } as const

/** The filter that an address says; what cannot be read counts as absent. */
export function readAddress(params: URLSearchParams): ViewFilter {
  const choice = (name: string, fits: (value: string) => boolean = () => true): Choice => {
    const found = new Set(params.getAll(name).filter(fits))
    const excluded = new Set(params.getAll(`not.${name}`).filter(fits))
    return { in: [...found], out: [...excluded].filter((value) => !found.has(value)) }
  }
  return {
    search: params.get('q') ?? '',
    choices: fromNames(dimensionNames, (name) =>
      choice(name, 'byId' in dimensions[name] ? (value) => uuid.test(value) : undefined),
    ),
    labels: choice('label'),
    verdicts: choice('verdict'),
    scores: readScores(params.getAll('score')),
    time: readTime(params),
    ranges: fromNames(rangeNames, (name) =>
      readRange(params.get(name), (part) => readNumber(part, ranges[name].whole)),
    ),
    marks: fromNames(markNames, (name) => readFlag(params.get(name))),
    archived: archivedNames[params.get('archived') as keyof typeof archivedNames] ?? 'ACTIVE',
    workload: readFlag(params.get('workload')) === true,
    sort: readSort(params.get('sort')),
    descending: params.get('dir') !== 'asc',
  }
}

/** The address of a filter; members as in `emptyFilter` are left out. */
export function writeAddress(filter: ViewFilter): URLSearchParams {
  const params = new URLSearchParams()
  const set = (name: string, value: string | null) => value !== null && params.set(name, value)
  const append = (name: string, choice: Choice) => {
    for (const value of choice.in) params.append(name, value)
    for (const value of choice.out) params.append(`not.${name}`, value)
  }
  set('q', filter.search === '' ? null : filter.search)
  for (const name of dimensionNames) append(name, filter.choices[name])
  append('label', filter.labels)
  append('verdict', filter.verdicts)
  for (const [name, range] of Object.entries(filter.scores))
    params.append('score', writeVerdict(name, writeRange(range) ?? ''))
  writeTime(params, filter.time)
  for (const name of rangeNames) set(name, writeRange(filter.ranges[name]))
  for (const name of markNames) set(name, writeFlag(filter.marks[name]))
  set('archived', archivedText(filter.archived))
  set('workload', filter.workload ? '1' : null)
  set('sort', filter.sort === emptyFilter.sort ? null : filter.sort)
  set('dir', filter.descending ? null : 'asc')
  return params
}

/** The span of time that an address says; null for none. */
export function readTime(params: URLSearchParams): TimeChoice | null {
  const preset = params.get('last')
  if (isOneOf<Preset>(presetNames, preset)) return { preset }
  const [from, to] = [readMoment(params.get('from')), readMoment(params.get('to'))]
  return from === null && to === null ? null : { from, to }
}

/** Sets the parameters that `readTime` reads; none for any time. */
export function writeTime(params: URLSearchParams, time: TimeChoice | null): void {
  if (time === null) return
  const moments = 'preset' in time ? { last: time.preset } : time
  for (const [name, moment] of Object.entries(moments)) if (moment !== null) params.set(name, moment)
}

function readMoment(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

function readSort(text: string | null): Sort {
  if (text !== null && scoreNameOf(text) !== null) return text as Sort
  return isOneOf<PlainSort>(sortNames, text) ? text : emptyFilter.sort
}

/** Ranges by name, of texts such as `helpfulness:0.5..1`. */
function readScores(texts: readonly string[]): Record<string, NumberRange> {
  const found = texts.flatMap((text) => {
    const { name = '', label = null } = readVerdict(text) ?? {}
    const range = readRange(label, readScore)
    return name === '' || range === null ? [] : [[name, range] as const]
  })
  return Object.fromEntries(found)
}

/** A score, which may be below nothing; null for any other text. */
export function readScore(text: string): number | null {
  const number = readNumber(text.replace(/^-/, ''), false)
  return number === null || !text.startsWith('-') ? number : -number
}

function readRange(text: string | null, read: (part: string) => number | null): NumberRange | null {
  if (text === null || !text.includes('..')) return null
  const [min = null, max = null] = text.split('..').map(read)
  return min === null && max === null ? null : { min, max }
}

/** A number as people and addresses write one, a whole one by its digits alone; null for any other text. */
export function readNumber(text: string, whole: boolean): number | null {
  if (!(whole ? /^\d+$/ : /^\d+(\.\d+)?(e[+-]?\d+)?$/).test(text)) return null
  const number = Number(text)
  return (whole ? Number.isSafeInteger(number) : Number.isFinite(number)) ? number : null
}

function writeRange(range: NumberRange | null): string | null {
  return range === null ? null : `${range.min ?? ''}..${range.max ?? ''}`
}

function readFlag(text: string | null): boolean | null {
  return text === '1' ? true : text === '0' ? false : null
}

function writeFlag(flag: boolean | null): string | null {
  return flag === null ? null : flag ? '1' : '0'
}

function archivedText(archived: Archived): string | null {
  return archived === 'ACTIVE' ? null : archived.toLowerCase()
}

function isOneOf<Name extends string>(names: readonly Name[], text: string | null): text is Name {
  return (names as readonly (string | null)[]).includes(text)
}

function fromNames<Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value) {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
}
