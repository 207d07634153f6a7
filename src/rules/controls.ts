const controls = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** A text that cannot move the cursor, colour the screen or turn the line, with U+FFFD for what would; lines and tabs stay. */
export function withoutControls(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(controls, '\ufffd')
}

/** As `withoutControls`, in one line. */
export function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim()
}

/** JSON that says the same and cannot do that either: what it leaves as it is of control characters is escaped. */
export function escapeControls(json: string): string {
  return json.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A line of JSON for somebody who shows its texts unescaped: with U+FFFD in the place of escaped control characters. */
export function withoutEscapedControls(json: string): string {
  return json.replace(
    /\\(?:(u00(?:[0189][0-9a-f]|7f)|u20(?:2[a-e]|6[6-9])|[bfr])|.)/g,
    (escaped, control?: string) => (control === undefined ? escaped : '\ufffd'),
  )
}
