import type { Issue } from './issue.js'

/** Whether PostgreSQL can store a text, or compare with it: no U+0000, no lone surrogate. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** A text that PostgreSQL can store: U+FFFD in the place of every U+0000 and lone surrogate. */
export function toStorable(text: string): string {
  const wellFormed = text.toWellFormed()
  return wellFormed.includes('\0') ? withoutNul(wellFormed) : wellFormed
}

/** By its units: of millions to replace, a pattern makes as many matches first. */
function withoutNul(text: string): string {
  // Memory of its own, which begins where units may.
  const bytes = Buffer.allocUnsafeSlow(text.length * 2)
  bytes.write(text, 'utf16le')
  const units = new Uint16Array(bytes.buffer)
  for (let at = 0; at < units.length; at++) if (units[at] === 0) units[at] = 0xfffd
  return bytes.toString('utf16le')
}

/** Orders texts as PostgreSQL's collation "C" does: by code points, not by UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left !== right) return rankOf(left) - rankOf(right)
  }
  return a.length - b.length
}

/** Surrogates, which stand for code points above all others, come last. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

/** How many characters a text has, in code points. */
export function countCodePoints(text: string): number {
  let count = text.length
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(index + 1)
      if (next >= 0xdc00 && next < 0xe000) count--
    }
  }
  return count
}

/** White space runs become one space, trimmed, cut to the first `length` characters. */
export function excerpt(text: string, length: number): string {
  const start = text
    .slice(0, length * 20)
    .replace(/\s+/gu, ' ')
    .trim()
  // The cut may leave half of a pair of surrogates.
  return toStorable([...start].slice(0, length).join(''))
}

/** What is wrong with a text: PostgreSQL cannot store it, or it is longer than allowed; null when nothing is. */
export function findTextFault(
  value: string | null | undefined,
  maxLength = Number.POSITIVE_INFINITY,
): string | null {
  if (value === null || value === undefined) return null
  if (!isStorable(value)) return 'A text holds neither U+0000 nor a lone surrogate'
  // No text has more code points than units.
  return value.length > maxLength && countCodePoints(value) > maxLength
    ? `At most ${maxLength} characters`
    : null
}

/** As `findTextFault`, as a list of issues at a path. */
export function findTextIssues(
  value: string | null | undefined,
  path: readonly (string | number)[],
  maxLength = Number.POSITIVE_INFINITY,
): Issue[] {
  const message = findTextFault(value, maxLength)
  return message === null ? [] : [{ path, message }]
}

/** From so many characters on, bytes are sent: a text would be laid out in memory once to be measured, and again behind its head. */
const SENT_AS_BYTES = 4096

/** A body as it is quickest to send. */
export function toSend(text: string): string | Buffer<ArrayBuffer> {
  return text.length < SENT_AS_BYTES ? text : Buffer.from(text)
}
