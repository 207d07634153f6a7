import { gzipSync } from 'node:zlib'
import { beginningOf, type Conversation, expectedRows, makeConversation } from './conversation.js'
import { type AgentFile, agentFileNames, agentFiles } from './formats.js'

/** A file of the folder, with what an import must say of it: counted here, from what was written. */
export interface MixedFile {
  path: string
  content: string | Uint8Array
  /** What becomes of its session the first time. */
  outcome: 'created' | 'updated' | 'skipped' | 'failed'
  /** Rows that it adds. */
  rows: number
  /** What is said of it, where something is. */
  says?: RegExp
}

/** How a file differs from a plain one; each takes the next number of conversation. */
type Kind = (number: number, file: AgentFile, folder: string) => MixedFile[]

const countRows = (conversation: Conversation) => expectedRows(conversation).length

const filler = ' and some more words of it, line after line.'.repeat(40)

function plain(path: string, file: AgentFile, conversation: Conversation): MixedFile {
  return { path, content: file.content(conversation), outcome: 'created', rows: countRows(conversation) }
}

const kinds: Record<string, Kind> = {
  small: (number, file, folder) => [
    plain(`${folder}/small-${number}${file.suffix}`, file, makeConversation(number, 1, 0)),
  ],
  usual: (number, file, folder) => [
    plain(`${folder}/a/b/usual-${number}${file.suffix}`, file, makeConversation(number, 2 + (number % 3), 1)),
  ],
  large: (number, file, folder) => [
    plain(`${folder}/large-${number}${file.suffix}`, file, makeConversation(number, 12, 2, filler)),
  ],
  copied: (number, file, folder) => {
    const first = plain(`${folder}/copied-${number}-1${file.suffix}`, file, makeConversation(number, 2, 1))
    const again = { ...first, path: `${folder}/copied-${number}-2${file.suffix}` }
    return [first, { ...again, outcome: 'skipped', rows: 0 }]
  },
  grown: (number, file, folder) => {
    const whole = makeConversation(number, 3, 1)
    const before = beginningOf(whole, 1)
    const first = plain(`${folder}/grown-${number}-1${file.suffix}`, file, before)
    const second = plain(`${folder}/grown-${number}-2${file.suffix}`, file, whole)
    return [first, { ...second, outcome: 'updated', rows: second.rows - first.rows }]
  },
  marked: (number, file, folder) => {
    const { content, ...found } = plain(
      `${folder}/marked-${number}${file.suffix}`,
      file,
      makeConversation(number, 1, 1),
    )
    if (typeof content !== 'string') return [{ ...found, content }]
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')])
    return [{ ...found, content: number % 2 === 0 ? `\uFEFF${content}` : utf16 }]
  },
  cut: (number, file, folder) => {
    if (file.lines === null) return broken(number, file, folder)
    const lines = file.lines(makeConversation(number, 2, 0)).map((line) => `${JSON.stringify(line)}\n`)
    const path = `${folder}/cut-${number}${file.suffix}`
    const content = lines.join('') + (lines[0] ?? '').slice(0, 20)
    const rows = countRows(makeConversation(number, 2, 0))
    return [{ path, content, outcome: 'created', rows, says: new RegExp(`line ${lines.length + 1} is cut`) }]
  },
  broken,
  latin: (number, _file, folder) => {
    const content = Buffer.from(`{"messages":[{"role":"user","content":"caf\u00e9 ${number}"}]}`, 'latin1')
    const path = `${folder}/latin-${number}.json`
    return [{ path, content, outcome: 'failed', rows: 0, says: /is not UTF-8/ }]
  },
  strange: (number, _file, folder) => {
    const strange: [string, string | Uint8Array, RegExp][] = [
      ['json', '{"name":"a-package","version":"1.0.0"}', /no sessions of a known format/],
      ['json', '', /is empty/],
      ['jsonl', 'plain words\nand more\n', /neither JSON nor JSON Lines/],
      ['json', gzipSync('{}'), /packed by gzip/],
      ['pb', Buffer.from([0x0a, 0xff, 0x01, 0x02, 0x00]), /binary file/],
      ['json', `{"messages":${'['.repeat(600)}${']'.repeat(600)}}`, /more than 500 levels deep/],
    ]
    const [suffix, content, says] = strange[number % strange.length] ?? strange[0]!
    return [{ path: `${folder}/strange-${number}.${suffix}`, content, outcome: 'failed', rows: 0, says }]
  },
}

function broken(number: number, file: AgentFile, folder: string): MixedFile[] {
  const content = file.content(makeConversation(number, 1, 1))
  const half = content.slice(0, Math.floor(content.length / 2))
  const path = `${folder}/broken-${number}${file.lines === null ? file.suffix : '.json'}`
  if (file.lines === null) return [{ path, content: half, outcome: 'failed', rows: 0 }]
  return [{ path, content: '{"messages": [', outcome: 'failed', rows: 0 }]
}

/** About so many files of every format and kind, in nested folders, in the order in which an import reads them. */
export function mixedFolder(count: number): MixedFile[] {
  const files: MixedFile[] = []
  const pairs = Object.entries(kinds).flatMap(([kind, make]) =>
    agentFileNames.map((name) => ({ kind, make, name })),
  )
  for (let number = 1; files.length < count; number++) {
    // Every format comes with every kind before any pair comes again.
    const { make, name } = pairs[(number * 7) % pairs.length]!
    files.push(...make(number, agentFiles[name], `${name.replace(' ', '-')}/${number % 5}`))
  }
  return files
}
