import { toStorable } from '../../rules/text.js'
import { SEARCHED_LENGTH } from './blocks.js'
import { runsOf, wordsOf } from './words.js'

/** A piece of a text, and whether it is what was looked for. */
export interface SnippetPart {
  text: string
  isMatch: boolean
}

const BEFORE = 60
const LENGTH = 240

/** A stretch of a message around its first match, in one line, with the words of a query marked; the last may be a beginning. */
export function snippetOf(content: string, words: readonly string[]): SnippetPart[] {
  const text = content.slice(0, SEARCHED_LENGTH * 2)
  const open = words.at(-1) ?? ''
  const isFound = (run: string) =>
    wordsOf(run).some((word) => words.includes(word) || (open.length > 1 && word.startsWith(open)))
  const marked = runsOf(text).filter(({ run }) => isFound(run))
  const start = Math.max(0, (marked[0]?.index ?? 0) - BEFORE)
  const end = Math.min(text.length, start + LENGTH)
  const parts: SnippetPart[] = []
  const add = (from: number, to: number, isMatch: boolean) => {
    const piece = toStorable(text.slice(from, to).replace(/\s+/gu, ' '))
    if (piece !== '') parts.push({ text: piece, isMatch })
  }
  let at = start
  for (const { index, run } of marked) {
    if (index >= end) break
    add(at, index, false)
    add(index, index + run.length, true)
    at = index + run.length
  }
  add(at, Math.max(at, end), false)
  const [first, last] = [parts[0], parts.at(-1)]
  if (first !== undefined && start > 0) first.text = `…${first.text}`
  if (last !== undefined && Math.max(at, end) < content.length) last.text = `${last.text}…`
  return parts
}
