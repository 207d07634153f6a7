import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectedRows, makeConversation } from '../support/agent-files/conversation.js'
import { type OtlpSpan, otlp, protobufOf, tauBench } from '../support/agent-files/document-formats.js'
import { agentFiles } from '../support/agent-files/formats.js'
import { spawnCli, temporaryFolder } from '../support/cli.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const MEGABYTE = 1_000_000
/** More than is kept of a file at once, and more than fits into the heap below along with what the program needs. */
const FILE_MB = 60
const HEAP_MB = 110
const RESIDENT_MB = 320
const session = '77777777-0000-4000-8000-0000000000ff'

/** A session of Claude Code of this size; gives how many rows it has. */
async function writeLarge(path: string): Promise<number> {
  const file = createWriteStream(path)
  const words = 'some words that a tool prints, line after line. '.repeat(400)
  const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  let rows = 0
  const content = (number: number) =>
    number % 3 === 1
      ? `question ${number}`
      : [{ type: 'tool_result', tool_use_id: `c${number - 1}`, content: words + number }]
  while (file.bytesWritten + file.writableLength < FILE_MB * MEGABYTE) {
    rows += 1
    const frame = {
      ...{ sessionId: session, uuid: uuid(rows), parentUuid: rows === 1 ? null : uuid(rows - 1) },
      ...{ timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, rows)).toISOString(), isSidechain: false },
    }
    const call = { type: 'tool_use', id: `c${rows}`, name: 'sh', input: { rows } }
    const message =
      rows % 3 === 2
        ? {
            ...{ id: `m${rows}`, role: 'assistant', model: 'a', stop_reason: 'tool_use', content: [call] },
            usage: { input_tokens: 5, output_tokens: 5 },
          }
        : { role: 'user', content: content(rows) }
    const line = `${JSON.stringify({ ...frame, type: message.role, message })}\n`
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
  return rows
}

/** The most memory that a process has had at once, in megabytes; null where nobody tells. */
async function peakOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? []
  return kilobytes === undefined ? null : Number(kilobytes) / 1024
}

/** Runs a command in a small heap; tells the most memory that it had. */
async function runSmall(args: readonly string[]) {
  const running = spawnCli(args, { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`, LOG_LEVEL: 'silent' })
  let peak = 0
  const look = setInterval(async () => {
    peak = Math.max(peak, (await peakOf(running.child.pid ?? 0)) ?? 0)
  }, 200)
  const code = await running.ended
  clearInterval(look)
  return { code, peak, output: running.output }
}

/** A list in a document, and lines that tell usage late. */
test.each(['chat', 'copilot'] as const)(
  `a ${FILE_MB} MB file of %s is read through a heap of ${HEAP_MB} MB`,
  async (name) => {
    const words = ' and some more words of it, line after line.'.repeat(450)
    const file = agentFiles[name]
    const each = file.content(makeConversation(1, 4, 1, words)).length / 4
    const conversation = makeConversation(7, Math.ceil((FILE_MB * MEGABYTE) / each), 1, words)
    const path = join(await temporaryFolder(), `large${file.suffix}`)
    await writeFile(path, file.content(conversation))
    const { code, peak, output } = await runSmall(['import', path, '--dry-run', '--json'])
    expect({ code, stderr: output.stderr }).toMatchObject({ code: 0 })
    const messages = expectedRows(conversation).length
    expect(JSON.parse(output.stdout)).toMatchObject({ sessions: 1, messages, failed: 0 })
    expect(peak).toBeLessThan(RESIDENT_MB)
  },
  300_000,
)

const longWords = ' and some more words of it, line after line.'.repeat(450)

test('one run of tau-bench that a heap cannot hold is refused, not died of', async () => {
  const path = join(await temporaryFolder(), 'long.json')
  await writeFile(path, JSON.stringify([tauBench(makeConversation(3, 800, 1, longWords))]))
  const { code, output } = await runSmall(['import', path, '--dry-run'])
  expect(code).toBe(1)
  expect(output.stderr).toMatch(
    /value 1 has more than 1\d MB, which is as much as is read at once by a process with a heap of 1\d\d MB/,
  )
}, 120_000)

test.each([
  [
    'JSON',
    '.otlp.json',
    (spans: OtlpSpan[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  ],
  ['protobuf', '.pb', (spans: OtlpSpan[]) => protobufOf({ scopeSpans: [{ spans }] })],
] as const)(
  'one group of spans in %s that a heap cannot hold is read a span at a time',
  async (_name, suffix, write) => {
    const conversations = Array.from({ length: 80 }, (_, number) =>
      makeConversation(number + 1, 3, 1, longWords),
    )
    const spans = conversations.flatMap((one) => {
      const [group] = otlp(one).resourceSpans as [{ scopeSpans: [{ spans: OtlpSpan[] }] }]
      return group.scopeSpans[0].spans
    })
    const path = join(await temporaryFolder(), `long${suffix}`)
    await writeFile(path, write(spans))
    const { code, peak, output } = await runSmall(['import', path, '--dry-run', '--json'])
    expect({ code, stderr: output.stderr }).toMatchObject({ code: 0 })
    const messages = conversations.reduce((sum, one) => sum + expectedRows(one).length, 0)
    expect(JSON.parse(output.stdout)).toMatchObject({ sessions: 80, messages, failed: 0 })
    expect(peak).toBeLessThan(RESIDENT_MB)
  },
  120_000,
)

test(`a file of ${FILE_MB} MB comes in through a heap of ${HEAP_MB} MB`, async () => {
  const world = await openImportWorld(gateway.url)
  const path = join(world.folder, 'large.jsonl')
  const rows = await writeLarge(path)
  const { code, peak, output } = await runSmall(['import', path, ...world.flags, '--json'])
  expect({ code, stderr: output.stderr }).toMatchObject({ code: 0 })
  expect(JSON.parse(output.stdout)).toMatchObject({ created: 1, failed: 0, messages: rows })
  expect(peak).toBeLessThan(RESIDENT_MB)
  const stored = await world.store.message.count({ where: { organizationId: world.organizationId } })
  expect(stored).toBe(rows)
}, 300_000)
