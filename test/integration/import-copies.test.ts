import { appendFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beginningOf,
  type Conversation,
  expectedRows,
  makeConversation,
  uuidOf,
} from '../support/agent-files/conversation.js'
import { claudeCode } from '../support/agent-files/line-formats.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const conversation = makeConversation(7, 4, 1)
/** What a resumed session writes: all that was before, under an id of its own, and what comes after. */
const resumed = uuidOf('resumed')

function linesOf(said: Conversation, sessionId = said.id): string[] {
  return claudeCode(said).map((line) => `${JSON.stringify({ ...line, sessionId })}\n`)
}

/** Tokens of all answers of the conversation, each once. */
function tokensOf({ turns }: Conversation): number {
  return turns.flatMap(({ answers }) => answers).reduce((sum, { input, output }) => sum + input + output, 0)
}

async function tokensIn(world: ImportWorld): Promise<number> {
  const sessions = await world.sessions()
  return sessions
    .flatMap(({ rows }) => rows)
    .reduce(
      (sum, { usage }) =>
        sum +
        (usage === null
          ? 0
          : usage.inputTokens +
            usage.outputTokens +
            usage.cacheReadInputTokens +
            usage.cacheCreationInputTokens),
      0,
    )
}

const begun = beginningOf(conversation, 2)
const goneOn = beginningOf(conversation, 3)

test.each([
  { original: 'a.jsonl', copy: 'b.jsonl' },
  { original: 'b.jsonl', copy: 'a.jsonl' },
])(
  'what a resumed copy repeats is counted where it was said: $original first',
  async ({ original, copy }) => {
    for (const together of [true, false]) {
      const world = await openImportWorld(gateway.url)
      await world.put(`p/${original}`, linesOf(begun).join(''))
      if (!together) expect((await world.run()).report).toMatchObject({ created: 1 })
      const path = await world.put(`p/${copy}`, linesOf(goneOn, resumed).join(''))
      const foreseen = await world.run(world.folder, '--dry-run')
      const first = await world.run()
      expect(foreseen.report.messages).toBe(first.report.messages)
      expect(first.report).toMatchObject({
        ...{ failed: 0, created: together ? 2 : 1 },
        leftOut: { 'usage of answers that another session has': 1 },
      })
      expect(await tokensIn(world)).toBe(tokensOf(goneOn))
      // Each holds all that a person saw in it.
      const lengths = (await world.sessions()).map(({ rows }) => rows.length)
      expect(new Set(lengths)).toEqual(new Set([begun, goneOn].map((said) => expectedRows(said).length)))

      await appendFile(path, linesOf(conversation, resumed).slice(linesOf(goneOn).length).join(''))
      expect((await world.run()).report).toMatchObject({ created: 0, updated: 1, skipped: 1, failed: 0 })
      expect(await tokensIn(world)).toBe(tokensOf(conversation))
      const stored = await world.sessions()
      expect((await world.run()).report).toMatchObject({ created: 0, updated: 0, skipped: 2, failed: 0 })
      expect(await world.sessions()).toEqual(stored)
    }
  },
)

test('a copy of a session under its own id counts as the session', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('p/b.jsonl', linesOf(begun).join(''))
  await world.put('p/a.jsonl', linesOf(goneOn).join(''))
  expect((await world.run()).report).toMatchObject({ created: 1, skipped: 1, failed: 0 })
  expect(await tokensIn(world)).toBe(tokensOf(goneOn))
})
