import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConversation } from '../support/agent-files/conversation.js'
import { claudeCode, codex } from '../support/agent-files/line-formats.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const said = makeConversation(31, 2, 1)
const linesOf = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const claude = linesOf(claudeCode(said))
const rollout = linesOf(codex(said))

const elsewhere = (text: string) => text.replaceAll('src/31.1.0.ts', 'elsewhere.ts')
const asking = (text: string) => text.replaceAll('question 31.1', 'something else')
const ending = (text: string, words: string) =>
  text.replaceAll('"text":"answer 31.1.end"', `"text":"${words}"`)
const titled = (text: string, customTitle: string) =>
  `${text}${JSON.stringify({ type: 'custom-title', customTitle, sessionId: said.id })}\n`
const renamed = (text: string) =>
  text.replace(/("(?:uuid|parentUuid)":")(.)/g, (_, name, first) => `${name}${first === 'a' ? 'b' : 'a'}`)

const first = 'answer 31.1.end'
const more = `${first} and more`

/** Two copies of one session, in the order in which they are read; which last words stay, and what is said of the second. */
const copies: Record<string, { files: [string, string]; last: string; says: RegExp | null }> = {
  'a call with other arguments': {
    ...{ files: [claude, elsewhere(claude)], last: first },
    says: /b\.jsonl: its line 7 differs from what is stored of session \S+, which came first and stays/,
  },
  'a call with other arguments, in rows without ids': {
    ...{ files: [rollout, elsewhere(rollout)], last: first },
    says: /not how \S+b\.jsonl begins.*what came first stays/,
  },
  'a last answer in other words': {
    ...{ files: [claude, ending(claude, 'other words')], last: first },
    says: /b\.jsonl: its line 10 differs from what is stored/,
  },
  'a last answer in other words, in rows without ids': {
    ...{ files: [rollout, ending(rollout, 'other words')], last: first },
    says: /not how \S+b\.jsonl begins/,
  },
  'a last answer in more words': { files: [claude, ending(claude, more)], last: more, says: null },
  'a last answer in fewer words': { files: [ending(claude, more), claude], last: more, says: null },
  'a last answer in more words, in rows without ids': {
    ...{ files: [rollout, ending(rollout, more)], last: more, says: null },
  },
  'a last answer in fewer words, in rows without ids': {
    ...{ files: [ending(rollout, more), rollout], last: more, says: null },
  },
  'the same rows under other ids': {
    ...{ files: [claude, renamed(claude)], last: first },
    says: null,
  },
  'another title': {
    ...{ files: [titled(claude, 'One'), titled(claude, 'Other')], last: first },
    says: /b\.jsonl: it has the rows of \S+a\.jsonl, but another title.*those of that file stay/,
  },
  'another question in the middle': {
    ...{ files: [claude, asking(claude)], last: first },
    says: /b\.jsonl: its line 6 differs from what is stored/,
  },
  'another question in the middle, in rows without ids': {
    ...{ files: [rollout, asking(rollout)], last: first },
    says: /not how \S+b\.jsonl begins/,
  },
}

test.each(Object.keys(copies))(
  'two copies of a session that contradict each other come in once: %s',
  async (what) => {
    const { files, last, says } = copies[what]!
    expect(files[0]).not.toBe(files[1])
    const world = await openImportWorld(gateway.url)
    await world.put('p/a.jsonl', files[0])
    await world.put('p/b.jsonl', files[1])
    const foreseen = await world.run(world.folder, '--dry-run')
    const once = await world.run()
    expect(foreseen.report).toMatchObject(once.report)
    expect(once.report).toMatchObject({ created: 1 })
    const stored = await world.sessions()
    expect(stored).toHaveLength(1)
    expect(stored[0].rows).toHaveLength(8)
    expect(stored[0].rows.at(-1)).toMatchObject({
      role: 'ASSISTANT',
      content: last,
      usage: { outputTokens: 6 },
    })

    const again = await world.run()
    expect(again.report).toMatchObject({ created: 0, updated: 0, messages: 0, failed: once.report.failed })
    expect(await world.sessions()).toEqual(stored)
    for (const { stderr } of [once, again])
      if (says === null) expect(stderr).not.toMatch(/stay|differ/)
      else expect(stderr).toMatch(says)
  },
)

test('characters that cannot be stored are changed wherever they stand, and that is said', async () => {
  const world = await openImportWorld(gateway.url)
  const odd = 'a\0b\ud800'
  const call = { id: odd, type: 'function', function: { name: odd, arguments: '{}' } }
  const messages = [
    { role: 'user', content: odd },
    { role: 'assistant', content: '', tool_calls: [call], model: odd },
    { role: 'tool', tool_call_id: odd, content: odd },
  ]
  const labels = { team: [odd] }
  await world.put(
    'a.json',
    JSON.stringify({ title: odd, agent: odd, model: odd, labels, system: odd, messages }),
  )
  expect(await world.run()).toMatchObject({ code: 0, report: { created: 1, messages: 3 } })
  const [{ rows, ...session }] = await world.sessions()
  const kept = 'a\ufffdb\ufffd'
  expect(session).toMatchObject({ title: kept, agent: kept, model: kept, currentSystemPrompt: kept })
  expect(session.labels).toEqual([{ key: 'team', values: [kept] }])
  expect(rows).toMatchObject([
    { content: kept },
    { model: kept, toolCalls: [{ callId: kept, name: kept }] },
    { content: kept, toolCallId: kept },
  ])
  const again = await world.run()
  expect(again).toMatchObject({ code: 0, report: { skipped: 1, messages: 0 } })
})
