/** What begins with these bytes, after "it is", and what to do about it. */
const beginnings: readonly [string | readonly number[], string][] = [
  [[0x1f, 0x8b], 'packed by gzip; unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'packed by zstd; unpack it first'],
  ['PK\u0003\u0004', 'a zip archive; unpack it first'],
  ['SQLite format 3\0', 'an SQLite database; what an agent keeps in one comes by the export of that agent'],
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

/** What a file that holds no text of sessions is, by its beginning; null for what may be one. */
export function foreignFile(start: Uint8Array): string | null {
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte)
  const text = Buffer.from(start).toString('latin1')
  for (const [mark, what] of beginnings)
    if (typeof mark === 'string' ? text.startsWith(mark) : startsWith(mark)) return what
  if (text.startsWith(TAR.mark, TAR.at)) return 'a tar archive; unpack it first'
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return 'a document of HTML or XML'
  if (text.includes('\0') && !marksOfUtf16.some(startsWith))
    return 'a binary file, or text in UTF-16 without a byte order mark'
  return null
}
