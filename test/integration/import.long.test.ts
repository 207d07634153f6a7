import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
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
          metadata: { name: 'ada', content: [{ index: 1, part: image }] },
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
    .poll(async () => (await readStoredSessions(world)).length, { timeout: 40_000 })
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

test('whatever moment Ctrl-C comes at, each session is a beginning of its file’s, and the next run completes it', async () => {
  const world = await seedWorkspace()
  const given = chats(12, 1100)
  const path = await write(given)
  const whole = new Map(
    given.map(({ title, messages }) => [title, messages.map((message: any) => message.content)]),
  )
  for (const ms of [0, 60, 250]) {
    const running = spawnCli(argsFor(world, path))
    const before = await countRows(world)
    await expect.poll(() => countRows(world), { timeout: 30_000, interval: 20 }).toBeGreaterThan(before)
    await sleep(ms)
    running.child.kill('SIGINT')
    await running.ended
    for (const { title, messages } of await readStoredSessions(world)) {
      const contents = messages.map(({ content }) => content)
      expect(contents).toEqual(whole.get(title)?.slice(0, contents.length))
    }
  }
  const { code, stdout } = await cli(argsFor(world, path, '--json'))
  expect({ code, failed: JSON.parse(stdout).failed }).toEqual({ code: 0, failed: 0 })
  const stored = await readStoredSessions(world)
  expect(
    new Map(stored.map(({ title, messages }) => [title, messages.map(({ content }) => content)])),
  ).toEqual(whole)
}, 240_000)

async function countRows({ store, organizationId }: SeededWorkspace): Promise<number> {
  return store.message.count({ where: { organizationId } })
}

test('a new session that is refused after all is taken back, one that was there keeps what it had', async () => {
  const world = await seedWorkspace()
  const proxy = await refusingProxy('message 600 of chat 0')
  onTestFinished(() => proxy.close())
  const [long, other] = [chats(1, 700)[0], { ...chats(2, 3)[1] }]
  const path = await write([long, other])
  const first = await cli(argsFor(world, path, '--json', '--url', proxy.url))
  expect(JSON.parse(first.stdout)).toMatchObject({
    ...{ created: 1, failed: 1, failures: [{ name: 'session chat-0', reason: 'Refused after all' }] },
  })
  expect((await readStoredSessions(world)).map(({ title }) => title)).toEqual(['Chat 1'])

  await writeFile(path, JSON.stringify([{ ...long, messages: long?.messages.slice(0, 500) }]))
  expect((await cli(argsFor(world, path))).code).toBe(0)
  await writeFile(path, JSON.stringify([long]))
  const again = await cli(argsFor(world, path, '--json', '--url', proxy.url))
  expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, failed: 1 })
  const kept = (await readStoredSessions(world)).find(({ title }) => title === 'Chat 0')
  expect(kept?.messages).toHaveLength(500)
})

/** The gateway behind a proxy that refuses, for good, whatever holds a text. */
async function refusingProxy(refused: string) {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString()
    const headers = Object.entries(request.headers).filter(
      ([name]) => !/^(host|content-length|connection)$/.test(name),
    )
    const answer = body.includes(refused)
      ? JSON.stringify({ errors: [{ message: 'Refused after all', extensions: { code: 'INVALID_INPUT' } }] })
      : await fetch(`${gateway.url}${request.url}`, {
          ...{ method: 'POST', body, headers: headers as [string, string][] },
        }).then((given) => given.text())
    response.setHeader('Content-Type', 'application/json')
    response.end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a dry run needs neither key nor gateway', async () => {
  const path = await write(chats(3, 4))
  const { code, stdout } = await cli(['import', path, '--dry-run', '--org', 'o', '--workspace', 'w'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Would import 3 sessions with 12 messages (chat)\n' })
})
