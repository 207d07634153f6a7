import { COMMA, JsonWalk, LIST } from './json-walk.js'

/** Levels of a value: more than any format nests, and less than what exhausts a stack. */
export const MAX_DEPTH = 500

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Parses JSON without rounding: a number beyond 2^53, or too large for JavaScript, comes as the text that it is written in.
 * Undefined for what is no JSON.
 */
export function parseExactly(text: string): unknown {
  const value = tryParse(text)
  // Only long runs of digits, and exponents, can be out of range.
  if (value === undefined || !/\d{16}|\d[eE]/.test(text)) return value
  return tryParse(quoteInexact(text)) ?? value
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The JSON with numbers that are out of range as texts. */
function quoteInexact(text: string): string {
  let quoted = ''
  let copied = 0
  const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) at = endOfString(text, at)
    else if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      number.lastIndex = at
      const [token = text[at] ?? ''] = number.exec(text) ?? []
      if (!isExact(token)) {
        quoted += `${text.slice(copied, at)}"${token}"`
        copied = at + token.length
      }
      at += token.length
    } else at += 1
  }
  return quoted + text.slice(copied)
}

function isExact(token: string): boolean {
  return Math.abs(Number(token)) <= Number.MAX_SAFE_INTEGER
}

/** Where the text of JSON goes on behind the string that begins here. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; ) {
    const end = text.indexOf('"', at)
    if (end === -1) return text.length
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1
    at = end + 1
    if (escapes % 2 === 0) return at
  }
}

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
