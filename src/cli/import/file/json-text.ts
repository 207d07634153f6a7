import { COMMA, JsonWalk, LIST } from './json-walk.js'

/** Levels of a value: more than any format nests, and less than what exhausts a stack. */
export const MAX_DEPTH = 500

/** Whether a value is nested no deeper than this; without recursion, as a file may hold anything. */
export function isWithinDepth(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= limit) return false
    const next: unknown[] = []
    for (const one of level)
      if (typeof one === 'object' && one !== null)
        for (const inner of Object.values(one))
          if (typeof inner === 'object' && inner !== null) next.push(inner)
    level = next
  }
  return true
}

/** A value that is too long to be read at once; counted from 1. */
export class TooLong extends Error {
  override name = 'TooLong'
  constructor(readonly number: number) {
    super(`Value ${number} is too long`)
  }
}

/**
 * The texts of the elements of the array that a text is.
 * @throws {TooLong} for one of more characters than the limit
 */
export function* elementTexts(chunks: Iterable<string>, limit: number): Generator<string> {
  let number = 0
  const walk = new JsonWalk()
  let held = ''
  for (const chunk of chunks) {
    const found: string[] = []
    let start = 0
    walk.walk(chunk, (at, unit, depth) => {
      const isSeparator = unit === COMMA && depth === 1
      const isEnd = unit === LIST.end && depth === 0
      if (unit === LIST.start && depth === 0) start = at + 1
      else if (isSeparator || isEnd) {
        found.push(held + chunk.slice(start, at))
        held = ''
        start = at + 1
      }
    })
    if (held.length + chunk.length - start > limit) throw new TooLong(number + found.length + 1)
    held += chunk.slice(start)
    for (const text of found) {
      if (text.trim() === '') continue
      number += 1
      yield text
    }
  }
}

/**
 * The lines of a text, with their numbers from 1; empty ones are left out.
 * @throws {TooLong} for one of more characters than the limit
 */
export function* lineTexts(
  chunks: Iterable<string>,
  limit: number,
): Generator<{ text: string; number: number }> {
  let number = 0
  let held: string[] = []
  let length = 0
  for (const chunk of chunks) {
    const lines = chunk.split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      number += 1
      const text = held.length === 0 ? line : held.join('') + line
      held = []
      length = 0
      if (text.trim() !== '') yield { text, number }
    }
    length += last.length
    if (length > limit) throw new TooLong(number + 1)
    if (last !== '') held.push(last)
  }
  const text = held.join('')
  if (text.trim() !== '') yield { text, number: number + 1 }
}
