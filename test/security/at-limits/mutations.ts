import { randomUUID } from 'node:crypto'
import {
  type AtLimits,
  call,
  fill,
  type LimitsWorld,
  labels,
  MEBIBYTE,
  mutation,
  newSession,
  newSessions,
  place,
  times,
} from './asked.js'

const appends = (name: string, messages: () => object[], context?: object): AtLimits => ({
  name: `appendTranscript: ${name}`,
  make: async (world) => {
    const id = await newSession(world)
    return mutation('appendTranscript', { ...place(world), id, messages: messages(), context })
  },
})

const bulk = (name: string, more: object = {}, session: object = {}): AtLimits => ({
  name: `${name} of 200`,
  make: async (world) => {
    const ids = await newSessions(world, 200, session)
    return mutation(name, { ...place(world), ids, ...more })
  },
})

/** Mutations that write as much as they may. */
export const mutations: AtLimits[] = [
  appends('500 small messages', () => times(500, (n) => ({ role: 'USER', content: `é${n}` }))),
  appends('500 messages of 32 KiB', () =>
    times(500, (n) => ({ role: 'USER', content: `${n}`.padEnd(32_000, 'x') })),
  ),
  appends('500 messages of 32 KiB that are no Latin', () =>
    times(500, (n) => ({ role: 'USER', content: `${n}`.padEnd(11_000, '日') })),
  ),
  appends('16 messages of 1 MiB', () => times(16, () => ({ role: 'USER', content: 'x'.repeat(MEBIBYTE) }))),
  appends('a million characters that cannot be stored', () => [
    { role: 'USER', content: '\u0000'.repeat(MEBIBYTE) },
    { role: 'USER', content: '\ud800'.repeat(MEBIBYTE) },
  ]),
  appends('answers with as many calls as there may be', () =>
    times(500, () => ({ role: 'ASSISTANT', toolCalls: times(45, (n) => call(n, 4)) })),
  ),
  appends('one answer with 1,000 calls', () => [
    { role: 'ASSISTANT', toolCalls: times(1000, (n) => call(n, 16_000)) },
  ]),
  appends('metadata of many members', () =>
    times(500, () => ({ role: 'USER', metadata: Object.fromEntries(times(190, (n) => [`m${n}`, n])) })),
  ),
  appends('metadata of 64 KiB', () =>
    times(240, () => ({ role: 'USER', metadata: { text: 'é'.repeat(30_000) } })),
  ),
  appends(
    'a system prompt of 1 MiB and 500 results',
    () => times(500, (n) => ({ role: 'TOOL', toolCallId: `c${n}`, content: 'x'.repeat(20_000) })),
    { model: 'm', systemPrompt: 'x'.repeat(MEBIBYTE) },
  ),
  {
    name: 'compactTranscript of 10,000 rows',
    make: async (world) => {
      const id = await fill(world, await newSession(world), 10_000)
      const summary = { role: 'USER', content: 'x'.repeat(MEBIBYTE) }
      return mutation('compactTranscript', { ...place(world), id, upToSeq: 9_998, summary })
    },
  },
  ...['rewindTranscript', 'takeBackMessages'].map((name) => ({
    name: `${name} of 10,000 rows`,
    make: async (world: LimitsWorld) => {
      const id = await fill(world, await newSession(world), 10_000)
      return mutation(name, { ...place(world), id, fromSeq: 0 })
    },
  })),
  {
    name: 'deleteSession of 10,000 rows',
    make: async (world) => {
      const id = await fill(world, await newSession(world), 10_000)
      return mutation('deleteSession', { ...place(world), id })
    },
  },
  ...['archiveSessions', 'pinSessions', 'shareSessions', 'freezeSessions', 'deleteSessions'].map((name) =>
    bulk(name, {}, { labels: labels() }),
  ),
  bulk('labelSessions', { remove: labels() }, { labels: labels() }),
  bulk('labelSessions', { add: labels() }),
  bulk('moveSessions', { projectId: null }, { labels: labels() }),
  {
    name: 'saveSession with all labels',
    make: (world) =>
      mutation('saveSession', { ...place(world), id: randomUUID(), model: 'm', labels: labels() }),
  },
  {
    name: 'createSession with all labels and capabilities',
    make: () =>
      mutation('createSession', {
        labels: labels(),
        capabilities: times(100, (n) => ({ ref: `r${n}`, config: { x: 'x'.repeat(100) } })),
      }),
  },
  {
    name: 'updateSession with all labels',
    make: async (world) =>
      mutation('updateSession', { ...place(world), id: await newSession(world), labels: labels() }),
  },
  {
    name: 'createAnnotation with the longest note',
    make: async (world) =>
      mutation('createAnnotation', {
        ...{ ...place(world), id: await newSession(world), name: 'n'.repeat(100), source: 'RULE' },
        ...{ note: 'é'.repeat(10_000), label: 'l'.repeat(256) },
      }),
  },
  {
    name: 'saveFilter at its limit',
    make: (world) =>
      mutation('saveFilter', {
        ...{ ...place(world), id: randomUUID(), name: randomUUID(), view: 'x'.repeat(8192) },
        filter: { agents: times(1200, (n) => `agent ${n}`) },
      }),
  },
  {
    name: 'eraseUserSessions, tried',
    make: (world) => mutation('eraseUserSessions', { ...place(world), user: randomUUID(), dryRun: true }),
  },
  {
    name: 'runRetention, tried',
    make: (world) => mutation('runRetention', { ...place(world), dryRun: true }),
  },
]
