import { escapeControls, oneLine, withoutControls } from '../rules/controls.js'

/** A text in one line that cannot move the cursor: sessions hold what anybody wrote. */
export const plain = oneLine

/** What a command answers: the one way to stdout for texts that may hold what anybody wrote. */
export function print(text: string): void {
  process.stdout.write(withoutControls(text))
}

/** What is said beside the answer, on stderr. */
export function printNote(text: string): void {
  process.stderr.write(withoutControls(text))
}

/** A value as JSON for people, which `print` leaves as it is. */
export function jsonOf(value: unknown): string {
  return `${escapeControls(JSON.stringify(value, null, 2))}\n`
}

/** A value as a line of JSON Lines. */
export function jsonLineOf(value: unknown): string {
  return `${escapeControls(JSON.stringify(value))}\n`
}

/** What somebody typed, within a sentence: in quotes unless it is plainly a name, an address or a path. */
export function named(text: string): string {
  const shown = cut(plain(text), 60)
  return /^[\w.@+/-]+$/.test(shown) && shown === text ? shown : `"${shown}"`
}

/** The text in at most so many characters. */
export function cut(text: string, length: number): string {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

/** A number of things: `1 file`, `2 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
