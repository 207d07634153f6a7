const DATABASE = 'SQLite format 3\0'

/** What begins with these bytes, after "it is", and what to do about it. */
const beginnings: readonly [string | readonly number[], string][] = [
  [[0x1f, 0x8b], 'packed by gzip; unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'packed by zstd; unpack it first'],
  ['PK\u0003\u0004', 'a zip archive; unpack it first'],
  [DATABASE, 'an SQLite database of no agent that is known; what one keeps there may come by its export'],
  ['%PDF-', 'a PDF document'],
  ['\u0089PNG', 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  ['GIF8', 'a picture'],
]
const TAR = { at: 257, mark: 'ustar' }
const marksOfUtf16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]

/** Whether a file is a database of SQLite, by its beginning. */
export function isDatabase(start: Uint8Array): boolean {
  return Buffer.from(start).toString('latin1').startsWith(DATABASE)
}

/** What a file that holds no text of sessions is, by its beginning; null for what may be one. */
export function foreignFile(start: Uint8Array): string | null {
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte)
  const text = Buffer.from(start).toString('latin1')
  for (const [mark, what] of beginnings)
    if (typeof mark === 'string' ? text.startsWith(mark) : startsWith(mark)) return what
  if (text.startsWith(TAR.mark, TAR.at)) return 'a tar archive; unpack it first'
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return 'a document of HTML or XML'
  // Texts of JSON may end in zeros, where power was lost: their last line cannot be read, the others can.
  const beginsAsJson = /^(?:\xef\xbb\xbf)?\s*[{[](?!\0)/.test(text)
  if (text.includes('\0') && !beginsAsJson && !marksOfUtf16.some(startsWith))
    return 'a binary file, or text in UTF-16 without a byte order mark'
  return null
}
