import { parseExactly } from '../../../rules/exact-json.js'
import { TooLong } from './json-text.js'
import { COMMA, JsonWalk, LIST, OBJECT } from './json-walk.js'

/** A part of an object in its text: a member, or an element of a member that is a list; of a long one its place alone. */
type Part =
  | { member: string }
  | { list: string; element: string }
  | { list: string; from: number; to: number }
  | { list: string; ended: true }

/** How a document is read: which of its members are lists of any length, and what reads a value of its text. */
export interface DocumentReading {
  chunks(): Iterable<string>
  /** Longest text of a value, in characters. */
  limit: number
  /** Objects of a list that are longer are read as documents of their own. */
  long: number
  /** Reads a value; `at` names it in the file. */
  parse(text: string, at: string): unknown
}

/**
 * The object that a text is, without its longer lists in memory: the members that `lists` names are read anew, an element at a
 * time, whenever somebody goes through them.
 */
export function readDocument(reading: DocumentReading, lists: readonly string[]): Record<string, unknown> {
  let found: Record<string, unknown> = {}
  for (const part of partsOf(reading, (key) => lists.includes(key)))
    if ('member' in part) found = { ...found, ...memberOf(part.member, reading.parse) }
    else if ('ended' in part) found = { ...found, [part.list]: listOf(reading, part.list, lists) }
  return found
}

/** The object with the first elements of each list that it has, which tells its format. */
export function outlineOf(reading: DocumentReading, elements: number): Record<string, unknown> {
  let found: Record<string, unknown> = {}
  let kept: unknown[] = []
  for (const part of partsOf(reading, () => true))
    if ('member' in part) found = { ...found, ...memberOf(part.member, reading.parse) }
    else if ('ended' in part) {
      found = { ...found, [part.list]: kept }
      kept = []
    } else if (kept.length < elements) kept.push(outlineOfElement(reading, part, kept.length + 1, elements))
  return found
}

type Element = Exclude<Part, { member: string } | { ended: true }>

function outlineOfElement(reading: DocumentReading, part: Element, number: number, elements: number) {
  if ('from' in part) return outlineOf(within(reading, part), elements)
  return reading.parse(part.element, `${part.list} ${number}`)
}

function listOf(reading: DocumentReading, name: string, lists: readonly string[]): Iterable<unknown> {
  return {
    *[Symbol.iterator]() {
      let number = 0
      // Of the other lists no more than an element is held.
      for (const part of partsOf(reading, () => true)) {
        if ('member' in part || part.list !== name) continue
        if ('ended' in part) return
        number += 1
        if ('from' in part) yield readDocument(within(reading, part), lists)
        else yield reading.parse(part.element, `${name} ${number}`)
      }
    },
  }
}

/** The reading of a part of the text, by its characters. */
function within(reading: DocumentReading, { from, to }: { from: number; to: number }): DocumentReading {
  return {
    ...reading,
    *chunks() {
      let at = 0
      for (const chunk of reading.chunks()) {
        const end = at + chunk.length
        if (end > from) yield chunk.slice(Math.max(0, from - at), to - at)
        at = end
        if (at >= to) return
      }
    },
  }
}

function memberOf(text: string, parse: DocumentReading['parse']): object {
  const value = parse(`{${text}}`, 'a member')
  return typeof value === 'object' && value !== null ? value : {}
}

/** @throws {TooLong} for a value of more characters than the limit */
function* partsOf(
  { chunks, limit, long }: DocumentReading,
  isList: (key: string) => boolean,
): Generator<Part> {
  const walk = new JsonWalk()
  let held = ''
  let list: string | null = null
  let number = 0
  /** Where the long element begins that is passed over. */
  let from: number | null = null
  let before = 0
  for (const chunk of chunks()) {
    const found: Part[] = []
    let start = 0
    const take = (end: number): string => {
      const text = held + chunk.slice(start, end)
      held = ''
      start = end + 1
      return text
    }
    walk.walk(chunk, (at, unit, depth) => {
      if (list !== null) {
        const isEnd = unit === LIST.end && depth === 1
        if (!isEnd && !(unit === COMMA && depth === 2)) return
        const element = take(at)
        if (from !== null) found.push({ list, from, to: before + at })
        else if (element.trim() !== '') found.push({ list, element })
        from = null
        if (!isEnd) return
        found.push({ list, ended: true })
        list = null
      } else if (unit === OBJECT.start && depth === 0) start = at + 1
      else if (unit === LIST.start && depth === 1) {
        const key = keyIn(held + chunk.slice(start, at))
        if (key === null || !isList(key)) return
        list = key
        held = ''
        start = at + 1
      } else if ((unit === COMMA && depth === 1) || (unit === OBJECT.end && depth === 0)) {
        const member = take(at)
        if (member.trim() !== '') found.push({ member })
      }
    })
    number += found.length
    const size = held.length + chunk.length - start
    if (list !== null && from === null && size > long && isObjectIn(held, chunk.slice(start)))
      from = before + start - held.length
    if (from !== null) held = ''
    else if (size > limit) throw new TooLong(number + 1)
    else held += chunk.slice(start)
    before += chunk.length
    yield* found
  }
}

function isObjectIn(held: string, rest: string): boolean {
  return /\S/.exec(held)?.[0] === '{' || (held.trim() === '' && /\S/.exec(rest)?.[0] === '{')
}

/** The name of the member whose value follows. */
function keyIn(text: string): string | null {
  const named = /^\s*("(?:[^"\\]|\\.)*")\s*:\s*$/.exec(text)
  const key = named?.[1] === undefined ? undefined : parseExactly(named[1])
  return typeof key === 'string' ? key : null
}
