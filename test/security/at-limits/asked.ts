import { randomUUID } from 'node:crypto'
import { fullSelection } from '../../support/selections.js'

/** A gateway, its workspace, and a key that may do everything there. */
export interface LimitsWorld {
  origin: string
  key: string
  organization: string
  workspace: string
}

export interface Asked {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: Buffer | string
}

/** A request as large as the limits let it be; made anew each time, with what it takes. */
export interface AtLimits {
  name: string
  make: (world: LimitsWorld) => Promise<Asked> | Asked
}

export const MEBIBYTE = 1024 * 1024
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Sends one and reads the whole answer. */
export async function send(
  { origin, key }: LimitsWorld,
  asked: Asked,
): Promise<{ status: number; text: string }> {
  const { path, method = 'POST', headers = {}, body } = asked
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: body as string }),
  })
  return { status: answer.status, text: await answer.text() }
}

const graphql = (query: string, variables: object): Asked => ({
  path: '/graphql',
  body: JSON.stringify({ query, variables }),
})

export const place = ({ organization, workspace }: LimitsWorld) => ({ organization, workspace })
const capital = (name: string) => name[0]?.toUpperCase() + name.slice(1)
const payload = (name: string) => fullSelection(`${capital(name)}Payload`)
export const mutation = (name: string, input: object, selection = payload(name)): Asked =>
  graphql(`mutation M($input: ${capital(name)}Input!) { ${name}(input: $input) ${selection} }`, { input })

async function must(world: LimitsWorld, asked: Asked): Promise<void> {
  const { status, text } = await send(world, asked)
  if (status !== 200 || text.includes('"errors"')) throw new Error(`${status} ${text.slice(0, 500)}`)
}

/** As many keys, and values of each, as a session may have. */
export const labels = () => times(64, (key) => ({ key: `k${key}`, values: times(32, (value) => `${value}`) }))

export async function newSession(world: LimitsWorld, more: object = {}): Promise<string> {
  const id = randomUUID()
  await must(world, mutation('saveSession', { ...place(world), id, model: 'm', ...more }, '{ __typename }'))
  return id
}

export async function newSessions(world: LimitsWorld, count: number, more: object = {}): Promise<string[]> {
  const made: string[] = []
  while (made.length < count)
    made.push(...(await Promise.all(times(Math.min(10, count - made.length), () => newSession(world, more)))))
  return made
}

export async function fill(world: LimitsWorld, id: string, rows: number, more: object = {}): Promise<string> {
  for (let sent = 0; sent < rows; sent += 500) {
    const messages = times(500, (index) => ({ role: 'USER', content: `row ${sent + index}`, ...more }))
    await must(world, mutation('appendTranscript', { ...place(world), id, messages }, '{ lastSeq }'))
  }
  return id
}

export const call = (index: number, length: number) => ({
  id: `c${index}`,
  name: 'tool',
  arguments: 'x'.repeat(length),
})
