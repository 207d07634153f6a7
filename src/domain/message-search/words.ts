import { foldText } from '../../rules/case-folding.js'

/** What parts words, as in the SQL function `message_words`: all of ASCII but letters, digits and `_`, and some marks. */
const separator =
  '[^\\P{ASCII}\\w]|[\\u00a0«»·–—‘’“”•…→\\u3000-\\u3002\\uff0c\\uff1a\\uff1b\\uff01\\uff1f\\uff08\\uff09]'
const separators = new RegExp(`(?:${separator})+`, 'u')
/** What stands between separators. */
const runs = new RegExp(`(?:(?!${separator}).)+`, 'gsu')

const LONGEST = 255
/** The last word of a query may be the beginning of a word from this length on. */
const SHORTEST_PREFIX = 2

/** The words of a text, folded; runs of more than 255 characters are parted. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(separators)
    .flatMap((word) => ([...word].length > LONGEST ? (word.match(/.{1,255}/gsu) ?? []) : [word]))
    .filter((word) => word !== '')
}

/** A query for `message_words`: every word, the last one as a beginning. Words hold nothing that a `tsquery` reads. */
export function toQuery(organizationId: string, words: readonly string[]): string {
  const fence = organizationId.slice(0, 4)
  return words
    .map((word, index) => {
      const isOpen = index === words.length - 1 && [...word].length >= SHORTEST_PREFIX
      return `'${fence}${word}'${isOpen ? ':*' : ''}`
    })
    .join(' & ')
}

/** The words of a text as they stand there, with where each begins. */
export function runsOf(text: string): { run: string; index: number }[] {
  return [...text.matchAll(runs)].map(({ 0: run, index }) => ({ run, index }))
}
