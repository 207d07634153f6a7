import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginningOf, expectedRows, makeConversation } from '../support/agent-files/conversation.js'
import { type AgentFile, agentFileNames, agentFiles } from '../support/agent-files/formats.js'
import { runFiles } from '../support/agent-files/run-formats.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

test('one conversation becomes the same rows, whichever program wrote it down', async () => {
  const conversation = makeConversation(3, 3, 2)
  for (const name of agentFileNames) {
    const { suffix, content } = agentFiles[name]
    const world = await openImportWorld(gateway.url)
    await world.put(`file${suffix}`, content(conversation))
    expect({ name, ...(await world.run()) }).toMatchObject({
      name,
      code: 0,
      report: { created: 1, failed: 0 },
    })
    const [session] = await world.sessions()
    const rows = session.rows.map(({ role, content: text, toolCalls }: any) => ({
      ...{ role, content: text, calls: (toolCalls ?? []).map((call: any) => call.name) },
    }))
    expect({ name, rows }).toEqual({ name, rows: expectedRows(conversation) })
  }
})

const files: Record<string, AgentFile> = { ...agentFiles, ...runFiles }

describe.each(Object.keys(files))('%s', (name) => {
  test('a session that comes twice, in pieces, or as it grows is as one that comes once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 2 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 2 }),
        async (questions, calls, cuts) => {
          const conversation = makeConversation(questions * 3 + calls, questions, calls)
          const file = files[name]!
          const [once, grown] = [await openImportWorld(gateway.url), await openImportWorld(gateway.url)]
          const path = await once.put(`once${file.suffix}`, file.content(conversation))
          expect(await once.run(path)).toMatchObject({ code: 0, report: { created: 1 } })
          const expected = await once.sessions()
          const copy = await once.put(`copy${file.suffix}`, file.content(conversation))
          expect(await once.run(copy)).toMatchObject({
            ...{ code: 0, report: { created: 0, updated: 0, skipped: 1, messages: 0 } },
          })
          expect(await once.sessions()).toEqual(expected)

          const contents: (string | Uint8Array)[] = [
            ...piecesOf(file, conversation, cuts),
            file.content(conversation),
          ]
          for (const piece of contents) {
            const part = await grown.put(`grows${file.suffix}`, piece)
            const { code, stderr } = await grown.run(part)
            expect({ code, stderr }).toMatchObject({ code: 0 })
          }
          expect(comparable(file, await grown.sessions())).toEqual(comparable(file, expected))
        },
      ),
      { numRuns: 2, examples: [[2, 1, [0.2, 0.7]]] },
    )
  }, 240_000)
})

/** Beginnings of a file: of its lines, or of the conversation that a document holds. */
function piecesOf(
  { lines, content }: AgentFile,
  conversation: ReturnType<typeof makeConversation>,
  cuts: readonly number[],
): (string | Uint8Array)[] {
  const sorted = [...cuts].sort((a, b) => a - b)
  if (lines === null)
    return sorted.map((cut) =>
      content(beginningOf(conversation, Math.max(1, Math.floor(cut * conversation.turns.length)))),
    )
  const all = lines(conversation).map((line) => `${JSON.stringify(line)}\n`)
  // The first lines may be a head alone, which is no session yet.
  return sorted.map((cut) => all.slice(0, Math.max(2, Math.round(cut * all.length))).join(''))
}

/** The sessions without what the gateway makes up where a format does not tell it. */
function comparable({ identity, hasTimes }: AgentFile, sessions: any[]): any[] {
  const untold = new Set([
    ...(identity === 'uuid' ? [] : ['uuid']),
    ...(hasTimes ? [] : ['createdAt', 'lastMessageAt', 'durationMs']),
  ])
  const told = (object: object) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !untold.has(key)))
  return sessions.map((session) => ({ ...told(session), rows: session.rows.map(told) }))
}
