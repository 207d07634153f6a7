import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const accept = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json'
const query = `subscription ($organization: String!, $workspace: String!, $after: ID) {
  sessionEvents(organization: $organization, workspace: $workspace, after: $after) { id kind session { title } } }`

async function subscribe(url: string, member: Member, variables: object): Promise<Response> {
  const closing = new AbortController()
  closers.push(() => closing.abort())
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': member.key, Accept: accept },
    body: JSON.stringify({ query, variables }),
    signal: closing.signal,
  })
}

async function* messagesOf(response: Response): AsyncGenerator<any, void> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of Readable.fromWeb(response.body as never)) {
    text += decoder.decode(chunk, { stream: true })
    const pieces = text.split('\r\n--graphql')
    text = pieces.pop() ?? ''
    for (const piece of pieces) if (piece.includes('{')) yield JSON.parse(piece.slice(piece.indexOf('{')))
    if (text === '--\r\n') return
  }
}

async function listen(): Promise<{ url: string; seeded: SeededWorkspace; stop: () => Promise<void> }> {
  const gateway = await listenOnTestStore()
  closers.push(gateway.close)
  return { url: gateway.url, seeded: await seedWorkspace(), stop: gateway.close }
}

test('events come as parts to a client that asks for them so, and go on after the last one', async () => {
  const { url, seeded } = await listen()
  const response = await subscribe(url, seeded.dan, seeded.place)
  expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0')
  const messages = messagesOf(response)

  await saveSession(seeded, seeded.bob, { title: 'first', visibility: 'WORKSPACE' })
  const { payload } = (await messages.next()).value
  expect(payload).toEqual({
    data: { sessionEvents: { id: expect.any(String), kind: 'CREATED', session: { title: 'first' } } },
  })

  await saveSession(seeded, seeded.bob, { title: 'second', visibility: 'WORKSPACE' })
  const after = payload.data.sessionEvents.id
  const resumed = messagesOf(await subscribe(url, seeded.dan, { ...seeded.place, after }))
  expect((await resumed.next()).value.payload.data.sessionEvents.session.title).toBe('second')
})

test('a stream that ends says why, and how it ends', async () => {
  const { url, seeded, stop } = await listen()
  const messages = messagesOf(await subscribe(url, seeded.dan, seeded.place))
  const told = messages.next()
  await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
  expect((await told).value.payload.errors).toBeUndefined()

  const rest: any[] = []
  const end = (async () => {
    for await (const message of messages) rest.push(message)
  })()
  await stop()
  await end

  expect(rest).toEqual([
    { payload: null, errors: [expect.objectContaining({ message: expect.any(String) })] },
  ])
})

test('a stranger gets one answer, and no parts', async () => {
  const { url, seeded } = await listen()
  const response = await subscribe(url, seeded.eve, seeded.place)

  expect(response.headers.get('content-type')).toContain('application/json')
  expect(((await response.json()) as any).errors[0].extensions.code).toBe('NOT_FOUND')
})
