import { fullSelection } from '../../support/selections.js'
import {
  type Asked,
  type AtLimits,
  call,
  fill,
  type LimitsWorld,
  mutation,
  newSession,
  newSessions,
  place,
  send,
  times,
} from './asked.js'

const read = (world: LimitsWorld, query: string, variables: object = {}): Asked => ({
  path: '/graphql',
  body: JSON.stringify({ query, variables: { ...place(world), ...variables } }),
})
const inWorkspace = (world: LimitsWorld, fields: string) =>
  read(
    world,
    `query R($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) { ${fields} } }`,
  )

/** Made once a world, however often they are read. */
function once<Made>(make: (world: LimitsWorld) => Promise<Made>): (world: LimitsWorld) => Promise<Made> {
  const made = new WeakMap<LimitsWorld, Promise<Made>>()
  return (world) => {
    const found = made.get(world) ?? make(world)
    made.set(world, found)
    return found
  }
}

const hundred = once(async (world) => {
  const ids = await newSessions(world, 100)
  for (const [number, id] of ids.entries()) {
    await fill(world, id, 500, { role: 'ASSISTANT', toolCalls: [call(0, 10)] })
    if (number % 20 === 0)
      await Promise.all(
        times(20, (name) =>
          send(
            world,
            mutation('createAnnotation', {
              ...place(world),
              id,
              name: `n${name}`,
              source: 'RULE',
              score: '0.5',
            }),
          ),
        ),
      )
  }
  return ids
})

const ofMegabytes = once(async (world) =>
  fill(world, await newSession(world), 1000, {
    ...{ role: 'ASSISTANT', content: 'x'.repeat(8000), toolCalls: [call(0, 2000)] },
    metadata: { reasoning: 'y'.repeat(2000) },
  }),
)

/** Sessions over 10,000 hours, of fifty agents. */
const ofAYear = once((world) =>
  Promise.all(
    times(200, (number) =>
      newSession(world, {
        agent: `agent ${number % 50}`,
        createdAt: new Date(Date.now() - number * 50 * 3_600_000 - 3_600_000).toISOString(),
      }),
    ),
  ),
)

const row = fullSelection('TranscriptOutlineRow', 1)

/** Long answers to those who only read. */
export const reads: AtLimits[] = [
  {
    name: 'outlines of 100 nodes',
    make: async (world) => {
      const { text } = await send(world, read(world, '{ viewer { organization { uuid } } }'))
      const { uuid } = JSON.parse(text).data.viewer.organization
      const ids = (await hundred(world)).map((id) => Buffer.from(`Session:${uuid}/${id}`).toString('base64'))
      return read(
        world,
        `query R($ids: [ID!]!) { nodes(ids: $ids) { ... on Session { outline(first: 100) { edges { cursor node ${row} } } } } }`,
        { ids },
      )
    },
  },
  ...['ATIF', 'CHAT', 'ROWS'].map((format) => ({
    name: `1,000 rows of 8 kB exported as ${format}`,
    make: async (world: LimitsWorld) =>
      inWorkspace(
        world,
        `session(id: "${await ofMegabytes(world)}") { trajectory(format: ${format}, first: 1000, extended: true, includeCompacted: true) { items document endCursor leftOut } }`,
      ),
  })),
  {
    name: 'a timeline of 10,000 hours, split by fifty agents',
    make: async (world) => {
      await ofAYear(world)
      return inWorkspace(
        world,
        `sessionTimeline(bucket: HOUR, splitBy: AGENT, splitFirst: 50, timeZone: "Asia/Kolkata", filter: { archived: ANY, includeWorkload: true }) ${fullSelection('SessionTimeline', 3)}`,
      )
    },
  },
  {
    name: 'annotations of 100 sessions',
    make: async (world) => {
      await hundred(world)
      return inWorkspace(
        world,
        `sessions(first: 100, filter: { archived: ANY }) { edges { node { uuid annotations(first: 20) { edges { cursor node ${fullSelection('Annotation', 1)} } } } } }`,
      )
    },
  },
]
