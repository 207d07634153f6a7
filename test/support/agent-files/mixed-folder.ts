import { gzipSync } from 'node:zlib'
import { beginningOf, type Conversation, expectedRows, makeConversation } from './conversation.js'
import { type AgentFile, type AgentFileName, agentFileNames, agentFiles } from './formats.js'

/** A file of the folder, with what an import must say of it: counted here, from what was written. */
export interface MixedFile {
  path: string
  content: string | Uint8Array
  /** What becomes of its session the first time. */
  outcome: 'created' | 'updated' | 'skipped' | 'failed' | 'empty'
  format: AgentFileName
  /** The number of its conversation, which its first question names. */
  number: number
  /** What it adds. */
  adds: Counts
  /** What is said of it, where something is. */
  says?: RegExp
}

/** What is counted of conversations. */
export interface Counts {
  rows: number
  calls: number
  tokens: number
}

const nothing: Counts = { rows: 0, calls: 0, tokens: 0 }

/** How a file differs from a plain one; each takes the next number of conversation. */
type Kind = (number: number, format: AgentFileName, folder: string) => MixedFile[]

/** What a conversation holds, as a format tells it: counted from the conversation, not from the file. */
function countOf(format: AgentFileName, conversation: Conversation): Counts {
  const answers = conversation.turns.flatMap((turn) => turn.answers)
  const calls = answers.filter(({ call }) => call !== null).length
  const all = answers.reduce((sum, { input, output }) => sum + input + output, 0)
  // These tell no usage at all, or the same for each answer that calls something.
  const tokens = format === 'swe-agent' ? 0 : format === 'openhands' ? 10 * calls : all
  return { rows: expectedRows(conversation).length, calls, tokens }
}

const less = (a: Counts, b: Counts): Counts => ({
  ...{ rows: a.rows - b.rows, calls: a.calls - b.calls, tokens: a.tokens - b.tokens },
})

const filler = ' and some more words of it, line after line.'.repeat(40)

function plain(path: string, number: number, format: AgentFileName, conversation: Conversation): MixedFile {
  const file: AgentFile = agentFiles[format]
  const content = file.content(conversation)
  return {
    ...{ path: `${path}${file.suffix}`, content, format, number, outcome: 'created' },
    adds: countOf(format, conversation),
  }
}

const kinds: Record<string, Kind> = {
  small: (number, format, folder) => [
    plain(`${folder}/small-${number}`, number, format, makeConversation(number, 1, 0)),
  ],
  usual: (number, format, folder) => [
    plain(`${folder}/a/b/usual-${number}`, number, format, makeConversation(number, 2 + (number % 3), 1)),
  ],
  large: (number, format, folder) => [
    plain(`${folder}/large-${number}`, number, format, makeConversation(number, 12, 2, filler)),
  ],
  copied: (number, format, folder) => {
    const conversation = makeConversation(number, 2, 1)
    const first = plain(`${folder}/copied-${number}-1`, number, format, conversation)
    const again = plain(`${folder}/copied-${number}-2`, number, format, conversation)
    return [first, { ...again, outcome: 'skipped', adds: nothing }]
  },
  grown: (number, format, folder) => {
    const whole = makeConversation(number, 3, 1)
    const first = plain(`${folder}/grown-${number}-1`, number, format, beginningOf(whole, 1))
    const second = plain(`${folder}/grown-${number}-2`, number, format, whole)
    return [first, { ...second, outcome: 'updated', adds: less(second.adds, first.adds) }]
  },
  marked: (number, format, folder) => {
    const found = plain(`${folder}/marked-${number}`, number, format, makeConversation(number, 1, 1))
    const { content } = found
    if (typeof content !== 'string') return [found]
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')])
    return [{ ...found, content: number % 2 === 0 ? `\uFEFF${content}` : utf16 }]
  },
  cut: (number, format, folder) => {
    const file: AgentFile = agentFiles[format]
    if (file.lines === null) return broken(number, format, folder)
    const conversation = makeConversation(number, 2, 0)
    const lines = file.lines(conversation).map((line) => `${JSON.stringify(line)}\n`)
    const content = lines.join('') + (lines[0] ?? '').slice(0, 20)
    const says = new RegExp(`line ${lines.length + 1} is cut`)
    return [{ ...plain(`${folder}/cut-${number}`, number, format, conversation), content, says }]
  },
  broken,
  latin: (number, format, folder) => {
    const content = Buffer.from(`{"messages":[{"role":"user","content":"caf\u00e9 ${number}"}]}`, 'latin1')
    return [refused(`${folder}/latin-${number}.json`, number, format, content, /is not UTF-8/)]
  },
  strange: (number, format, folder) => {
    const strange: [string, string | Uint8Array, RegExp][] = [
      ['json', '{"name":"a-package","version":"1.0.0"}', /no sessions of a known format/],
      ['json', '', /: it is empty, and makes no session$/],
      ['jsonl', 'plain words\nand more\n', /neither JSON nor JSON Lines/],
      ['json', gzipSync('{}'), /packed by gzip/],
      ['pb', Buffer.from([0x0a, 0xff, 0x01, 0x02, 0x00]), /binary file/],
      ['json', `{"messages":${'['.repeat(600)}${']'.repeat(600)}}`, /more than 500 levels deep/],
    ]
    const [suffix, content, says] = strange[number % strange.length] ?? strange[0]!
    const file = refused(`${folder}/strange-${number}.${suffix}`, number, format, content, says)
    return [{ ...file, outcome: content === '' ? 'empty' : 'failed' }]
  },
}

function refused(
  path: string,
  number: number,
  format: AgentFileName,
  content: string | Uint8Array,
  says?: RegExp,
): MixedFile {
  return { path, content, format, number, outcome: 'failed', adds: nothing, ...(says && { says }) }
}

function broken(number: number, format: AgentFileName, folder: string): MixedFile[] {
  const file: AgentFile = agentFiles[format]
  if (file.lines !== null)
    return [refused(`${folder}/broken-${number}.json`, number, format, '{"messages": [')]
  const content = file.content(makeConversation(number, 1, 1))
  const half = content.slice(0, Math.floor(content.length / 2))
  return [refused(`${folder}/broken-${number}${file.suffix}`, number, format, half)]
}

/** About so many files of every format and kind, in nested folders, in the order in which an import reads them. */
export function mixedFolder(count: number): MixedFile[] {
  const files: MixedFile[] = []
  const pairs = Object.values(kinds).flatMap((make) => agentFileNames.map((format) => ({ make, format })))
  for (let number = 1; files.length < count; number++) {
    // Every format comes with every kind before any pair comes again.
    const { make, format } = pairs[(number * 7) % pairs.length]!
    files.push(...make(number, format, `${format.replace(' ', '-')}/${number % 5}`))
  }
  return files
}
