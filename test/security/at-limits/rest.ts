import { randomUUID } from 'node:crypto'
import {
  type AtLimits,
  call,
  fill,
  type LimitsWorld,
  labels,
  MEBIBYTE,
  newSession,
  newSessions,
  times,
} from './asked.js'

const sessionsOf = ({ organization, workspace }: LimitsWorld) =>
  `/api/v1/org/${organization}/ws/${workspace}/sessions`
const appendsByRest = (name: string, messages: () => object[], more: object = {}): AtLimits => ({
  name: `REST transcript: ${name}`,
  make: async (world) => ({
    path: `${sessionsOf(world)}/${await newSession(world)}/transcript`,
    body: JSON.stringify({ messages: messages(), ...more }),
  }),
})

/** Requests of both REST faces. */
export const rest: AtLimits[] = [
  appendsByRest('calls', () =>
    times(500, () => ({ role: 'assistant', content: '', tool_calls: times(90, (n) => call(n, 4)) })),
  ),
  appendsByRest('500 messages of 32 KiB', () =>
    times(500, (n) => ({ role: 'user', content: `${n}`.padEnd(32_000, 'x') })),
  ),
  appendsByRest('500 messages that are no Latin', () =>
    times(500, () => ({ role: 'user', content: '日'.repeat(10_900) })),
  ),
  appendsByRest('metadata of many members', () =>
    times(500, () => ({
      role: 'user',
      content: '',
      metadata: Object.fromEntries(times(190, (n) => [`m${n}`, n])),
    })),
  ),
  {
    name: 'REST compact of 10,000 rows by 1 MiB',
    make: async (world) => ({
      path: `${sessionsOf(world)}/${await fill(world, await newSession(world), 10_000)}/transcript/compact`,
      body: JSON.stringify({ up_to_seq: 9_998, summary: { role: 'user', content: 'x'.repeat(MEBIBYTE) } }),
    }),
  },
  {
    name: 'REST rewind of 10,000 rows',
    make: async (world) => ({
      path: `${sessionsOf(world)}/${await fill(world, await newSession(world), 10_000)}/rewind`,
      body: JSON.stringify({ from_seq: 0 }),
    }),
  },
  ...['bulk-share', 'bulk-freeze', 'bulk-delete'].map((act) => ({
    name: `REST ${act} of 200`,
    make: async (world: LimitsWorld) => ({
      path: `${sessionsOf(world)}/${act}`,
      body: JSON.stringify({ session_ids: await newSessions(world, 200, { labels: labels() }) }),
    }),
  })),
  {
    name: 'REST save with all labels',
    make: (world) => ({
      path: sessionsOf(world),
      body: JSON.stringify({
        ...{ id: randomUUID(), session_id: randomUUID(), model: 'm' },
        labels: Object.fromEntries(labels().map(({ key, values }) => [key, values])),
      }),
    }),
  },
  ...['', '/facets', '/grouped', '/groups'].flatMap((path) =>
    ['label', 'agent', 'model', 'user'].map((name) => ({
      name: `REST GET ${path} by ${name} at its longest`,
      make: (world: LimitsWorld) => ({
        method: 'GET',
        path: `${sessionsOf(world)}${path}?${times(50, (n) => `${name}=k${n % 60}:${`v${n}`.padEnd(200, 'v')}`).join('&')}`,
      }),
    })),
  ),
  ...['transcript', 'trajectory', 'trajectory?format=openai', 'trajectory?format=native'].map((what) => ({
    name: `REST GET ${what} of 10,000 rows`,
    make: async (world: LimitsWorld) => ({
      method: 'GET',
      path: `${sessionsOf(world)}/${await longest(world)}/${what}`,
    }),
  })),
  ...['messages', 'export'].map((what) => ({
    name: `Everruns ${what} of 10,000 rows`,
    make: async (world: LimitsWorld) => ({
      method: 'GET',
      path: `/v1/sessions/session_${(await longest(world)).replaceAll('-', '')}/${what}`,
    }),
  })),
  {
    name: 'Everruns create at its limit',
    make: () => ({
      path: '/v1/sessions',
      body: JSON.stringify({
        agent_id: `agent_${'0'.repeat(32)}`,
        tags: times(30, (n) => `tag${n}`),
        title: 'x'.repeat(200),
        capabilities: times(50, (n) => ({ ref: `r${n}`, config: { x: 'x'.repeat(1000) } })),
      }),
    }),
  },
  {
    name: 'Everruns list at its limit',
    make: () => ({ method: 'GET', path: `/v1/sessions?limit=100&search=${'a'.repeat(200)}` }),
  },
  { name: 'Everruns stats', make: () => ({ method: 'GET', path: '/v1/sessions/stats' }) },
]

const rows = new Map<string, Promise<string>>()

/** One session of 10,000 rows, 10 MB. */
function longest(world: LimitsWorld): Promise<string> {
  const metadata = { a: 1, b: 'x'.repeat(1000) }
  const made = rows.get(world.origin) ?? newSession(world).then((id) => fill(world, id, 10_000, { metadata }))
  rows.set(world.origin, made)
  return made
}
