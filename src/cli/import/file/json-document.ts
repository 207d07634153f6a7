import { parseExactly, TooLong } from './json-text.js'
import { COMMA, JsonWalk, LIST, OBJECT } from './json-walk.js'

/** A part of an object in its text: a member, or an element of a member that is a list. */
type Part = { member: string } | { list: string; element: string } | { list: string; ended: true }

/** How a document is read: which of its members are lists of any length, and what reads a value of its text. */
export interface DocumentReading {
  chunks(): Iterable<string>
  /** Longest text of a value, in characters. */
  limit: number
  /** Reads a value; `at` names it in the file. */
  parse(text: string, at: string): unknown
}

/**
 * The object that a text is, without its longer lists in memory: the members that `lists` names are read anew, an element at a
 * time, whenever somebody goes through them.
 */
export function readDocument(reading: DocumentReading, lists: readonly string[]): Record<string, unknown> {
  const { chunks, limit, parse } = reading
  let found: Record<string, unknown> = {}
  for (const part of partsOf(chunks(), limit, (key) => lists.includes(key)))
    if ('member' in part) found = { ...found, ...memberOf(part.member, parse) }
    else if ('ended' in part) found = { ...found, [part.list]: listOf(reading, part.list) }
  return found
}

/** The object with the first elements of each list that it has, which tells its format. */
export function outlineOf(reading: DocumentReading, elements: number): Record<string, unknown> {
  const { chunks, limit, parse } = reading
  let found: Record<string, unknown> = {}
  let kept: unknown[] = []
  for (const part of partsOf(chunks(), limit, () => true))
    if ('member' in part) found = { ...found, ...memberOf(part.member, parse) }
    else if ('ended' in part) {
      found = { ...found, [part.list]: kept }
      kept = []
    } else if (kept.length < elements) kept.push(parse(part.element, `${part.list} ${kept.length + 1}`))
  return found
}

function listOf({ chunks, limit, parse }: DocumentReading, name: string): Iterable<unknown> {
  return {
    *[Symbol.iterator]() {
      let number = 0
      // Of the other lists no more than an element is held.
      for (const part of partsOf(chunks(), limit, () => true)) {
        if ('member' in part || part.list !== name) continue
        if ('ended' in part) return
        number += 1
        yield parse(part.element, `${name} ${number}`)
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
  chunks: Iterable<string>,
  limit: number,
  isList: (key: string) => boolean,
): Generator<Part> {
  const walk = new JsonWalk()
  let held = ''
  let list: string | null = null
  let number = 0
  for (const chunk of chunks) {
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
        if (element.trim() !== '') found.push({ list, element })
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
    if (held.length + chunk.length - start > limit) throw new TooLong(number + 1)
    held += chunk.slice(start)
    yield* found
  }
}

/** The name of the member whose value follows. */
function keyIn(text: string): string | null {
  const named = /^\s*("(?:[^"\\]|\\.)*")\s*:\s*$/.exec(text)
  const key = named?.[1] === undefined ? undefined : parseExactly(named[1])
  return typeof key === 'string' ? key : null
}
