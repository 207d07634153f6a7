import { foldable, foldings, unsettled } from './case-folding.generated.js'

const ascii = /^[\0-\x7f]*$/

/**
 * A text without its case: Unicode's full folding of its NFC, in NFC again, whatever the language. `fold_text` does the
 * same in the store, in any locale.
 */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  const settle = unsettled.test(text) ? (one: string) => one : (one: string) => one.normalize('NFC')
  const lower = settle(text).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  return settle(lower.replace(foldable, (character) => foldings[character] ?? character))
}
