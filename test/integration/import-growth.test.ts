import { afterAll, beforeAll, expect, test } from 'vitest'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const chat = (...texts: string[]) =>
  JSON.stringify({
    messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })),
  })
const older = chat('Hi', 'Hello.')
const newer = chat('Hi', 'Hello.', 'How many?', 'Nine.')
const other = chat('Hi', 'Hello.', 'Which one?', 'The red one.')

const textsOf = (sessions: any[]) =>
  sessions.map(({ rows }) => rows.map(({ content }: any) => content).join(' ')).sort()

test.each([{ order: ['a-older', 'b-newer'] }, { order: ['b-older', 'a-newer'] }])(
  'a chat without an id and its older copy are one session in one folder: $order',
  async ({ order }) => {
    const world = await openImportWorld(gateway.url)
    const [first = '', second = ''] = order
    await world.put(`${first}.json`, older)
    await world.put(`${second}.json`, newer)
    const whole = 'Hi Hello. How many? Nine.'
    const foreseen = await world.run(world.folder, '--dry-run')
    const answer = await world.run()
    expect(answer).toMatchObject({ code: 0, report: { created: 1, failed: 0, messages: 4 } })
    const { created, updated, skipped, messages } = answer.report
    expect(foreseen.report).toMatchObject({ created, updated, skipped, messages })
    const stored = await world.sessions()
    expect(textsOf(stored)).toEqual([whole])

    const again = await world.run()
    expect(again.report).toMatchObject({ created: 0, updated: 0, skipped: 2, messages: 0 })
    expect(again.stderr).toMatch(/it is an older copy of session [0-9a-f-]{36}/)
    expect(await world.sessions()).toEqual(stored)
  },
)

test('chats that begin alike and go on differently stay apart, also beside an older copy of both', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('1.json', older)
  await world.put('2.json', newer)
  await world.put('3.json', other)
  const expected = ['Hi Hello. How many? Nine.', 'Hi Hello. Which one? The red one.']
  for (const counts of [{ created: 2 }, { created: 0, updated: 0, skipped: 3, messages: 0 }]) {
    expect((await world.run()).report).toMatchObject({ failed: 0, ...counts })
    expect(textsOf(await world.sessions())).toEqual(expected)
  }
})

test('two chats of one file are two sessions, though one begins as the other', async () => {
  for (const chats of [
    [older, newer],
    [newer, older],
  ]) {
    const world = await openImportWorld(gateway.url)
    await world.put('train.jsonl', `${chats.join('\n')}\n`)
    for (const counts of [{ created: 2 }, { created: 0, updated: 0, skipped: 2, messages: 0 }]) {
      expect((await world.run()).report).toMatchObject({ failed: 0, ...counts })
      expect(textsOf(await world.sessions())).toEqual(['Hi Hello.', 'Hi Hello. How many? Nine.'])
    }
  }
})

test.each(['swe-agent', 'mini-swe-agent'])(
  'what a run of %s has consumed as a whole counts once as it goes on',
  async (format) => {
    const world = await openImportWorld(gateway.url)
    const said = [
      { role: 'user', content: 'Fix it.' },
      {
        role: 'assistant',
        content: 'ls',
        extra: { response: { usage: { prompt_tokens: 10, completion_tokens: 2 } } },
      },
      { role: 'user', content: 'a.py' },
      {
        role: 'assistant',
        content: 'submit',
        extra: { response: { usage: { prompt_tokens: 20, completion_tokens: 3 } } },
      },
    ]
    const stats = (cost: number) => ({ instance_cost: cost, tokens_sent: cost * 100, tokens_received: 5 })
    const upTo = (length: number, cost: number) => {
      const [messages, info] = [said.slice(0, length), { model_stats: stats(cost) }]
      return JSON.stringify(
        format === 'swe-agent'
          ? { history: messages, trajectory: [], info }
          : { messages, info, trajectory_format: 'mini-swe-agent-1' },
      )
    }
    const name = format === 'swe-agent' ? 'a.traj' : 'a.traj.json'
    for (const [length, cost] of [
      [2, 0.25],
      [3, 0.25],
      [4, 0.5],
      [4, 0.5],
    ] as const) {
      await world.put(name, upTo(length, cost))
      expect((await world.run()).report).toMatchObject({ failed: 0 })
      const [{ rows }, ...others] = await world.sessions()
      expect(others).toEqual([])
      expect(rows).toHaveLength(length)
      const costs = rows.flatMap(({ usage }: any) => usage?.costUsd ?? [])
      expect(costs.map(Number)).toEqual([cost])
    }
  },
)

test('a document of the first versions of Codex comes in once, however often it is told and as it grows', async () => {
  const world = await openImportWorld(gateway.url)
  const session = {
    ...{ timestamp: '2025-04-20T10:00:00.000Z', instructions: 'Be brief.' },
    id: 'c0de0000-0000-4000-8000-000000000019',
  }
  const said = (role: string, text: string) => ({ type: 'message', role, content: [{ type: 'text', text }] })
  const items = [
    said('user', 'Which files?'),
    { type: 'function_call', call_id: 'call_1', name: 'shell', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'a.ts' },
    said('assistant', 'One.'),
  ]
  for (const [count, rows] of [
    [1, 1],
    [3, 3],
    [4, 4],
    [4, 4],
  ] as const) {
    await world.put('rollout-2025-04-20-a.json', JSON.stringify({ session, items: items.slice(0, count) }))
    expect(await world.run()).toMatchObject({ code: 0, report: { failed: 0 } })
    const [stored, ...others] = await world.sessions()
    expect(others).toEqual([])
    expect(stored).toMatchObject({ uuid: session.id })
    expect(stored.rows).toHaveLength(rows)
  }
  expect((await world.run()).report).toMatchObject({ created: 0, updated: 0, skipped: 1, messages: 0 })
})

/** Lines of Claude Code's log of one session, with two compactions. */
function compactedTwice(): string[] {
  const sessionId = '0b8f1c1e-0000-4000-8000-0000000000a1'
  let number = 0
  let parentUuid: string | null = null
  const entry = (members: object) => {
    const uuid = `0b8f1c1e-0000-4000-8000-${String(++number).padStart(12, '0')}`
    const timestamp = new Date(Date.UTC(2026, 0, 5, 10, 0, number)).toISOString()
    const line = JSON.stringify({ uuid, parentUuid, sessionId, timestamp, isSidechain: false, ...members })
    parentUuid = uuid
    return `${line}\n`
  }
  const user = (content: string, more = {}) =>
    entry({ type: 'user', message: { role: 'user', content }, ...more })
  const answer = (text: string) =>
    entry({
      type: 'assistant',
      message: {
        ...{ id: `m${number}`, role: 'assistant', model: 'claude-sonnet-5', stop_reason: 'end_turn' },
        content: [{ type: 'text', text }],
        usage: { input_tokens: 5, output_tokens: 7 },
      },
    })
  const boundary = () =>
    entry({
      type: 'system',
      subtype: 'compact_boundary',
      content: 'Conversation compacted',
      compactMetadata: { trigger: 'auto' },
    })
  const summary = (text: string) => user(text, { isCompactSummary: true })
  return [
    ...[user('One?'), answer('One.'), boundary(), summary('So far: one.'), user('Two?'), answer('Two.')],
    ...[boundary(), summary('So far: one and two.'), user('Three?'), answer('Three.')],
  ]
}

test.each([
  ['at a boundary', [2]],
  ['behind a summary', [4]],
  ['before another boundary', [5, 8]],
  ['at both boundaries', [2, 6]],
])('a log that goes on in another file %s compacts what one file would', async (_, cuts) => {
  const [pieces, whole] = [await openImportWorld(gateway.url), await openImportWorld(gateway.url)]
  const lines = compactedTwice()
  await whole.run(await whole.put('s.jsonl', lines.join('')))
  const places = [0, ...cuts, lines.length]
  for (const [index, from] of places.slice(0, -1).entries())
    expect(
      await pieces.run(await pieces.put(`s.${index}.jsonl`, lines.slice(from, places[index + 1]).join(''))),
    ).toMatchObject({ code: 0, report: { failed: 0 } })
  // A piece does not have the row that its first one answers.
  const begins = new Set(
    cuts.map((cut) => lines.slice(cut).find((line) => !line.includes('compact_boundary'))),
  )
  const orphans = [...begins].map((line) => JSON.parse(line ?? '{}').uuid)
  const rowsOf = async (world: typeof whole) =>
    (await world.sessions()).map(({ rows }) =>
      rows.map((row: any) => (orphans.includes(row.uuid) ? { ...row, parentId: null } : row)),
    )
  const expected = await rowsOf(whole)
  expect(await rowsOf(pieces)).toEqual(expected)
  // And the whole is what is stored.
  const again = await pieces.run(await pieces.put('whole.jsonl', lines.join('')))
  expect(again).toMatchObject({ report: { created: 0, updated: 0, failed: 0, messages: 0 } })
  expect(again.stderr).not.toMatch(/differs/)
  expect(await rowsOf(pieces)).toEqual(expected)
})

test('a log that is read between a boundary and its summary is as one that is read at once', async () => {
  const [grown, whole] = [await openImportWorld(gateway.url), await openImportWorld(gateway.url)]
  const lines = compactedTwice()
  await whole.run(await whole.put('s.jsonl', lines.join('')))
  const early = await grown.run(await grown.put('s.jsonl', lines.slice(0, 3).join('')))
  expect(early).toMatchObject({
    code: 0,
    report: { created: 1, leftOut: { 'compactions without a summary': 1 } },
  })
  expect(await grown.run(await grown.put('s.jsonl', lines.join('')))).toMatchObject({
    code: 0,
    report: { updated: 1 },
  })
  expect(await grown.sessions()).toEqual(await whole.sessions())
})
