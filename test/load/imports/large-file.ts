import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { expectedRows, makeConversation } from '../../support/agent-files/conversation.js'
import { otlp, otlpProtobuf, tau2, tauBench } from '../../support/agent-files/document-formats.js'
import { type AgentFileName, agentFiles } from '../../support/agent-files/formats.js'

/** A file of a size, and what an import must say of it. */
export interface LargeFile {
  path: string
  bytes: number
  sessions: number
  messages: number
}

/** A format, or what else of it is read in a way of its own. */
export type LargeFileName = AgentFileName | 'otlp group'

const words = ' and some more words of it, line after line.'.repeat(45)
const QUESTIONS = 40

/** Of formats whose one session repeats itself, or is one element of a list: files of many sessions. */
const manySessions: Partial<
  Record<LargeFileName, (number: number, isFirst: boolean) => Iterable<string | Uint8Array>>
> = {
  'tau-bench': (number, isFirst) => [isFirst ? '[' : ',', JSON.stringify(tauBench(conversationOf(number)))],
  'tau2-bench': (number, isFirst) => [
    isFirst ? '{"info":{},"tasks":[],"simulations":[' : ',',
    JSON.stringify(tau2(conversationOf(number))),
  ],
  otlp: (number) => [JSON.stringify(otlp(spansOf(number))), '\n'],
  'otlp group': (number, isFirst) => {
    const [group] = otlp(spansOf(number)).resourceSpans as [{ scopeSpans: [{ spans: object[] }] }]
    const spans = JSON.stringify(group.scopeSpans[0].spans).slice(1, -1)
    return [isFirst ? '{"resourceSpans":[{"scopeSpans":[{"spans":[' : ',', spans]
  },
  'otlp protobuf': (number) => [otlpProtobuf(spansOf(number))],
}
const ends: Partial<Record<LargeFileName, string>> = {
  ...{ 'tau-bench': ']', 'tau2-bench': ']}', 'otlp group': ']}]}]}' },
}

const conversationOf = (number: number) => makeConversation(number, QUESTIONS, 1, words)
const spansOf = (number: number) => makeConversation(number, 3, 1, words)

/**
 * Writes a file of about so many bytes: one session, or many where a session of the size is none that anybody has. Files with other
 * numbers say other things.
 */
export async function writeLargeFile(
  name: LargeFileName,
  folder: string,
  bytes: number,
  number = 7,
): Promise<LargeFile> {
  const { suffix, content } = agentFiles[name === 'otlp group' ? 'otlp' : name]
  const path = `${folder}/${name.replace(' ', '-')}${suffix}`
  const file = createWriteStream(path)
  const put = async (text: string | Uint8Array) => {
    if (!file.write(text)) await once(file, 'drain')
  }
  const size = () => file.bytesWritten + file.writableLength
  const many = manySessions[name]
  let [sessions, messages] = [0, 0]
  if (many === undefined) {
    const each = content(makeConversation(1, QUESTIONS, 1, words)).length / QUESTIONS
    const conversation = makeConversation(number, Math.ceil(bytes / each), 1, words)
    sessions = 1
    messages = expectedRows(conversation).length
    await put(content(conversation))
  } else
    for (; size() < bytes; sessions++) {
      for (const piece of many(number * 100_000 + sessions, sessions === 0)) await put(piece)
      const said = name.startsWith('otlp')
        ? spansOf(number * 100_000 + sessions)
        : conversationOf(number * 100_000 + sessions)
      messages += expectedRows(said).length
    }
  await put(ends[name] ?? '')
  file.end()
  await once(file, 'close')
  return { path, bytes: file.bytesWritten, sessions, messages }
}
