const controls = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/** A text that cannot move the cursor, colour the screen or turn the line: sessions hold what anybody wrote. */
export function readable(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(controls, '�')
}

/** As `readable`, in one line. */
export function plain(text: string): string {
  return readable(text).replace(/\s+/g, ' ').trim()
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
