import { expect, test } from 'vitest'
import type { Sample } from '../../../test/support/agent-files/sample.js'
import { samples } from '../../../test/support/agent-files/samples.js'
import { parseExactly } from '../../rules/exact-json.js'
import type { Format } from './format.js'
import { formats } from './formats.js'
import { prepareRows } from './prepare.js'
import { readWhole } from './read-format.js'
import { type SourceSession, Unreadable } from './source.js'

type Path = readonly (string | number)[]
type Json = Record<string, unknown>

const MARK = 'said nowhere else'
const IN_TEXT = '$'

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The JSON that a text is; undefined for other values. */
function inText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return undefined
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** The paths of all objects, those in texts of JSON too. */
function* objectsOf(value: unknown, path: Path = []): Generator<Path> {
  const inner = inText(value)
  if (inner !== undefined) yield* objectsOf(inner, [...path, IN_TEXT])
  else if (Array.isArray(value))
    for (const [index, one] of value.entries()) yield* objectsOf(one, [...path, index])
  else if (isObject(value)) {
    yield path
    for (const [key, one] of Object.entries(value)) yield* objectsOf(one, [...path, key])
  }
}

/** The value with another one at a path. */
function changedAt(value: unknown, [step, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (step === undefined) return change(value)
  if (step === IN_TEXT) return JSON.stringify(changedAt(inText(value), rest, change))
  if (Array.isArray(value))
    return value.map((one, index) => (index === step ? changedAt(one, rest, change) : one))
  return { ...(value as Json), [step]: changedAt((value as Json)[step], rest, change) }
}

/** The value with one more member in the object at a path. */
function withMember(value: unknown, path: Path): unknown {
  return changedAt(value, path, (object) => ({ ...(object as Json), unheard_of: MARK }))
}

/** The paths of all numbers. */
function* numbersOf(value: unknown): Generator<Path> {
  for (const path of objectsOf(value)) {
    let object = value
    for (const step of path) object = step === IN_TEXT ? inText(object) : (object as Json)[step]
    for (const [key, one] of Object.entries(object as Json)) if (typeof one === 'number') yield [...path, key]
  }
}

/** The format that reads a sample, as an import would choose it. */
function formatOf({ values, shape = 'lines', path = 'run.json' }: Sample): Format {
  const start = { values: values.slice(0, 20), shape, path }
  const all: readonly Format[] = Object.values(formats).flat()
  const found = all.find((format) => format.recognizes(start))
  if (found === undefined) throw new Error('No format recognizes the sample')
  return found
}

const kindMembers = ['type', 'subtype', 'kind', 'action', 'observation']

/** Whether what an object stands in is left out as a whole, and named: a line of an unknown type, say. */
function isLeftWhole(values: readonly unknown[], path: Path, left: string): boolean {
  let at: unknown = values
  for (const step of ['', ...path]) {
    if (step !== '') at = step === IN_TEXT ? inText(at) : (at as Json)[step]
    const kinds = isObject(at) ? kindMembers.flatMap((name) => (at as Json)[name] ?? []) : []
    if ([...kinds, step].some((kind) => typeof kind === 'string' && kind !== '' && left.includes(kind)))
      return true
  }
  return false
}

/** Places of a sample where a member that nobody has heard of is neither kept nor named among what was left out. */
function silentPlaces(sample: Sample): string[] {
  const format = formatOf(sample)
  const read = (values: readonly unknown[]) =>
    readWhole(format, values, { path: sample.path ?? 'run.json' }, sample.shape)
  const leftOf = (sessions: readonly SourceSession[]) =>
    sessions.flatMap(({ leftOut = [] }) => leftOut.map(({ what }) => what)).join('\n')
  const before = leftOf(read(sample.values))
  const silent: string[] = []
  for (const path of objectsOf(sample.values)) {
    const place = path.join('.')
    if (sample.repeats?.test(place) || isLeftWhole(sample.values, path, before)) continue
    const sessions = read(withMember(sample.values, path) as unknown[])
    const isKept = sessions.some(({ leftOut: _, ...session }) => JSON.stringify(session).includes(MARK))
    if (!isKept && !leftOf(sessions).includes('unheard_of')) silent.push(place)
  }
  return silent
}

test.each(Object.entries(samples))(
  'of %s a member that nobody has heard of is kept or named, wherever it stands',
  (_name, sample) => {
    expect(silentPlaces(sample)).toEqual([])
  },
)

const HUGE = '9007199254740993'
const rounded = /900719925474099[24]|9\.00719925474099/

/** The values as a file has them that holds a number which JavaScript would round where the mark stands. */
function withHuge(values: unknown): unknown[] {
  return parseExactly(JSON.stringify(values).replaceAll(/\\*"said nowhere else\\*"/g, HUGE)) as unknown[]
}

const how = { times: true, now: Date.UTC(2030, 0, 1), isCounted: () => false }

/** Places of a sample where a number beyond 2^53 is rounded, and the session is not refused for it. */
function roundingPlaces(sample: Sample): string[] {
  const format = formatOf(sample)
  const places = [
    ...[...objectsOf(sample.values)].map((path) => [path, withMember(sample.values, path)] as const),
    ...[...numbersOf(sample.values)].map(
      (path) => [path, changedAt(sample.values, path, () => MARK)] as const,
    ),
  ]
  return places.flatMap(([path, values]) => {
    const given = { path: sample.path ?? 'run.json' }
    try {
      const sessions = readWhole(format, withHuge(values), given, sample.shape)
      const isRounded = (session: SourceSession) =>
        rounded.test(JSON.stringify(session)) &&
        [...prepareRows(session, session.messages, how)].every(({ refusal }) => refusal === null)
      return sessions.some(isRounded) ? [path.join('.')] : []
    } catch (error) {
      if (error instanceof Unreadable) return []
      throw error
    }
  })
}

test.each(Object.entries(samples))(
  'of %s a number beyond 2^53 is kept as a text or refused, wherever it stands',
  (_name, sample) => {
    expect(roundingPlaces(sample)).toEqual([])
  },
)
