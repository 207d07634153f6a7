import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { cli, spawnCli, temporaryFolder } from '../support/cli.js'
import { failingProxy } from '../support/failing-proxy.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { readStoredSessions } from '../support/stored-sessions.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

interface Chat {
  id?: string
  messages: unknown[]
  [member: string]: unknown
}

const chats = (count: number, length: number): Chat[] =>
  Array.from({ length: count }, (_, session) => ({
    id: `chat-${session}`,
    title: `Chat ${session}`,
    messages: Array.from({ length }, (_, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: `message ${index} of chat ${session}`,
    })),
  }))

async function write(content: unknown, name = 'chats.json'): Promise<string> {
  const path = join(await temporaryFolder(), name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const argsFor = ({ place, bob }: SeededWorkspace, path: string, ...more: string[]) => [
  ...['import', path, '--key', bob.key, '--org', place.organization, '--workspace', place.workspace],
  ...(more.includes('--url') ? [] : ['--url', gateway.url]),
  ...more,
]

test('an import through a connection that keeps breaking ends complete', async () => {
  const world = await seedWorkspace()
  const proxy = await failingProxy(gateway.port, { requests: 9, answers: 11 })
  onTestFinished(() => proxy.close())
  const given = chats(25, 6)
  const path = await write(given)

  const { code, stdout } = await cli(argsFor(world, path, '--json', '--url', proxy.url))

  expect(JSON.parse(stdout)).toMatchObject({ created: 25, updated: 0, skipped: 0, failed: 0, stopped: null })
  expect(code).toBe(0)
  expect(proxy.cuts()).toBeGreaterThan(5)
  const sessions = await readStoredSessions(world)
  expect(sessions).toHaveLength(25)
  expect(sessions.map(({ messages }) => messages.map(({ content }) => content))).toEqual(
    given.map(({ messages }) => messages.map((message: any) => message.content)),
  )
  const again = await cli(argsFor(world, path, '--json'))
  expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, skipped: 25, failed: 0 })
})

test('a session that is refused does not stop the others, and is named with its reason', async () => {
  const world = await seedWorkspace()
  const [one, two, three] = chats(3, 2)
  const path = await write([
    one,
    { ...two, labels: { 'Not A Key': ['x'] } },
    three,
    { id: 'odd', messages: [{ role: 'judge' }] },
    one,
  ])

  const { code, stdout, stderr } = await cli(argsFor(world, path))

  expect(code).toBe(1)
  expect(stdout).toMatch(/^created 2, updated 0, skipped 0, failed 3 \(4 new messages/)
  expect(stderr.split('\n')).toEqual([
    'session odd: message 1 has the unknown role "judge".',
    'session chat-0: it is in the file twice.',
    expect.stringMatching(/^session chat-1: .*Not A Key.*\.$/),
    '3 of 5 sessions failed.',
    '',
  ])
  expect(await readStoredSessions(world)).toHaveLength(2)
})

test('a file that has grown adds what is new, in batches', async () => {
  const world = await seedWorkspace()
  const [chat] = chats(1, 1200)
  const path = await write([{ ...chat, messages: chat?.messages.slice(0, 700) }])

  expect((await cli(argsFor(world, path))).stdout).toMatch(/^created 1, .*\(700 new messages/)
  await writeFile(path, JSON.stringify([chat]))
  expect((await cli(argsFor(world, path))).stdout).toMatch(
    /^created 0, updated 1, skipped 0, failed 0 \(500 new messages/,
  )

  const sessions = await readStoredSessions(world)
  expect(sessions[0]?.messages.map(({ content }) => content)).toEqual(
    chat?.messages.map((message: any) => message.content),
  )
})

test('content that is no text, and members that transcripts do not know, survive', async () => {
  const world = await seedWorkspace()
  const image = { type: 'image_url', image_url: { url: 'https://acme.example/plan.png' } }
  const path = await write(
    [
      JSON.stringify({
        id: 7,
        title: 'Parts',
        labels: { env: 'prod', team: ['a', 'b'] },
        metadata: { run: 3 },
        messages: [
          { role: 'developer', content: 'Be brief.' },
          {
            role: 'user',
            name: 'ada',
            content: [{ type: 'text', text: 'What is' }, image, { type: 'text', text: 'this?' }],
          },
          {
            role: 'assistant',
            content: null,
            refusal: null,
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at": 1 }' } }],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'a plan' },
        ],
      }),
      JSON.stringify([{ role: 'user', content: 'no more than messages' }]),
    ].join('\n'),
    'parts.jsonl',
  )

  const more = [
    '--agent',
    'looker',
    '--model',
    'm-1',
    '--origin',
    'worker',
    '--label',
    'env:dev',
    '--label',
    'source:chat:export',
  ]
  const { code, stderr } = await cli(argsFor(world, path, ...more, '--visibility', 'workspace'))

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const sessions = await readStoredSessions(world)
  const given = { agent: 'looker', model: 'm-1', origin: 'WORKER', visibility: 'WORKSPACE' }
  const row = { metadata: null, toolCallId: null, toolCalls: null }
  const flagLabels = { env: ['dev'], source: ['chat:export'] }
  expect(sessions.map(({ uuid: _uuid, messageCount: _count, ...session }) => session)).toEqual([
    {
      ...given,
      title: null,
      labels: flagLabels,
      messages: [{ ...row, role: 'USER', content: 'no more than messages' }],
    },
    {
      ...given,
      title: 'Parts',
      labels: { ...flagLabels, team: ['a', 'b'] },
      messages: [
        {
          ...row,
          role: 'SYSTEM',
          content: 'Be brief.',
          metadata: { role: 'developer', session: { run: 3 } },
        },
        {
          ...row,
          role: 'USER',
          content: 'What is\nthis?',
          metadata: { name: 'ada', content: [{ index: null, part: image }] },
        },
        {
          ...row,
          role: 'ASSISTANT',
          content: '',
          toolCalls: [{ callId: 'c1', name: 'look', arguments: '{"at": 1 }' }],
        },
        { ...row, role: 'TOOL', content: 'a plan', toolCallId: 'c1' },
      ],
    },
  ])
})

test('Ctrl-C ends an import cleanly, and the next one goes on', async () => {
  const world = await seedWorkspace()
  const path = await write(chats(400, 2))
  const running = spawnCli(argsFor(world, path, '--json'))
  await expect
    .poll(async () => (await readStoredSessions(world)).length, { timeout: 15_000 })
    .toBeGreaterThan(4)
  running.child.kill('SIGINT')

  expect(await running.ended).toBe(1)
  const { created, failed, stopped } = JSON.parse(running.output.stdout)
  expect({ failed, stopped }).toEqual({ failed: 0, stopped: 'it was interrupted' })
  expect(created).toBeLessThan(400)
  expect(running.output.stderr).toContain(
    'The import ended early: it was interrupted; the same command goes on with the rest.',
  )
})

test('a dry run needs neither key nor gateway', async () => {
  const path = await write(chats(3, 4))
  const { code, stdout } = await cli(['import', path, '--dry-run', '--org', 'o', '--workspace', 'w'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Would import 3 sessions with 12 messages (chat)\n' })
})
