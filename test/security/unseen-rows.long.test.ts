import { randomUUID } from 'node:crypto'
import { encodeGlobalID } from '@pothos/plugin-relay'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { publicIdOf } from '../../src/domain/session/public-id.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import type { KeyScope } from '../../src/domain/viewer.js'
import { listen } from '../support/event-listener.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { fullSelection } from '../support/selections.js'
import {
  makeSession,
  openWorld,
  planArbitrary,
  type SessionPlan,
  saveHiddenFilter,
  type World,
} from './unseen-world.js'

/** One counts in columns, the other in the database. */
let counting: ListeningGateway
let asking: ListeningGateway

beforeAll(async () => {
  counting = await listenOnTestStore()
  asking = await listenOnTestStore({ FACET_MEMORY_MB: '0' })
})
afterAll(async () => {
  await counting.close()
  await asking.close()
})

const sums = 'count totalCostUsd totalTokens unknownCostCount lastActivityAt'
const page = (node: string) => `{ totalCount remainingCount edges { ${sums} node { ${node} } } }`
const dimensions = [
  ...['agents', 'models', 'answeringModels', 'toolNames'].map(
    (name) => `${name}(first: 20) ${page('value')}`,
  ),
  `users(first: 20) ${page('login')} projects(first: 20) ${page('slug')}`,
  `labels(first: 20) { key remainingCount edges { ${sums} node { value } } }`,
  `annotationNames(first: 20) ${page('value')} annotationSources { value ${sums} }`,
  `annotationLabels(first: 20) { name remainingCount edges { ${sums} node { value } } }`,
  ...['origins', 'visibility', 'archived', 'frozen'].map((name) => `${name} { value ${sums} }`),
  ...['failedCalls', 'durations'].map((name) => `${name} { min ${sums} }`),
].join(' ')
const filters = [
  '{}',
  '{ archived: ANY, includeWorkload: true }',
  '{ archived: ANY, search: "secret" }',
  '{ archived: ANY, search: "alpha" }',
  '{ archived: ANY, agents: ["hidden-agent", "coder"] }',
  '{ archived: ANY, labels: [{ key: "team", values: ["hidden-team"] }] }',
  '{ archived: ANY, not: { models: ["m-small"] } }',
  '{ archived: ANY, frozen: true }',
  '{ archived: ANY, pinned: true }',
  '{ archived: ANY, costUsd: { min: 0.1 } }',
  '{ archived: ANY, annotated: true }',
  '{ archived: ANY, annotations: [{ name: "hidden-name" }, { labels: ["good"], score: { min: 0.1 } }] }',
]

/** GraphQL documents within a workspace, as the fields of it. */
function workspaceFields({ groups, prefixes, seeded }: World, unseen: readonly string[]): string[] {
  const session = fullSelection('Session', 1)
  const agentIds = ['hidden-agent', 'coder'].map((name) => publicIdOf('agent', seeded.organizationId, name))
  return [
    ...filters.flatMap((filter) => [
      `sessions(first: 50, filter: ${filter}) { totalCount edges { cursor node ${session} } pageInfo { hasNextPage endCursor } }`,
      `sessionPage(limit: 3, page: 2, filter: ${filter}) ${fullSelection('SessionPage', 0)}`,
      `sessionFacets(filter: ${filter}) { ${dimensions} }`,
      `sessionFacets(filter: ${filter}, mode: OWN_FILTER_EXCLUDED) { ${dimensions} }`,
      `sessionTimeline(filter: ${filter}, splitBy: AGENT) ${fullSelection('SessionTimeline', 3)}`,
      `sessionGroups(limit: 50, filter: ${filter}) ${fullSelection('SessionGroupPage', 1)}`,
      `groupedSessions(limit: 2, filter: ${filter}) ${fullSelection('GroupedSessionPage', 2)}`,
    ]),
    ...['quality', 'hidden-name'].map(
      (name) =>
        `sessions(first: 3, filter: { archived: ANY }, orderBy: { field: ANNOTATION_SCORE, annotation: "${name}" }) { edges { cursor node ${session} } }`,
    ),
    ...['secret', 'alpha', 'hid'].map(
      (query) =>
        `searchMessages(first: 20, query: "${query}", filter: { archived: ANY }) { isWhole edges { cursor node ${fullSelection('MessageMatch', 1)} } }`,
    ),
    `sessions(filter: { archived: ANY, agentIds: ${JSON.stringify(agentIds)} }) { totalCount }`,
    ...['agents', 'models', 'toolNames', 'answeringModels'].map(
      (name) => `sessionFacets(filter: { archived: ANY }) { ${name}(prefix: "h") ${page('value')} }`,
    ),
    `sessionFacets(filter: { archived: ANY }) { labels(keys: ["team"], prefix: "h") ${page('value')} }`,
    ...prefixes.flatMap((prefix) =>
      [4, 8].map((length) => `session(id: "${prefix.slice(0, length)}") { uuid title }`),
    ),
    ...unseen.map((id) => `session(id: "${id}") { uuid }`),
    ...[...unseen, ...prefixes].flatMap((id) => [
      `session(id: "${id}") { outline(first: 20) { edges { cursor node ${fullSelection('TranscriptOutlineRow', 1)} } } }`,
      `session(id: "${id}") { annotations(first: 20) { edges { cursor node { name label } } } }`,
      `session(id: "${id}") { trajectory(format: ATIF) ${fullSelection('TrajectoryPage', 0)} }`,
      `session(id: "${id}") { trajectory(format: ROWS, includeCompacted: true) ${fullSelection('TrajectoryPage', 0)} }`,
    ]),
    ...groups.map((id) => `sessionGroup(id: "${id}") ${fullSelection('SessionGroup', 1)}`),
    `projects(first: 50) { edges { node { slug sessionCount updatedAt } } }`,
    `projectCount savedFilters(first: 50) { edges { node { uuid name } } }`,
  ]
}

interface Asked {
  url: string
  headers: Record<string, string>
  body?: string
}

function questions(gateway: ListeningGateway, world: World, unseen: readonly string[], key: string): Asked[] {
  const { organization, workspace } = world.seeded.place
  const post = (query: string): Asked => ({
    url: `${gateway.url}/graphql`,
    headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
    body: JSON.stringify({ query }),
  })
  const dreadnode = (path: string): Asked => ({
    url: `${gateway.url}/api/v1/org/${organization}/ws/${workspace}${path}`,
    headers: { 'X-API-Key': key },
  })
  const everruns = (path: string): Asked => ({
    url: `${gateway.url}/v1${path}`,
    headers: { Authorization: key },
  })
  const ids = [...unseen, ...world.prefixes]
  const { organizationId } = world.seeded
  const nodes = unseen.flatMap((id) => [
    encodeGlobalID('Session', id),
    ...['Session', 'SavedFilter', 'SessionGroup', 'Annotation'].map((type) =>
      encodeGlobalID(type, `${organizationId}/${id}`),
    ),
    encodeGlobalID('Message', `${organizationId}/${id}/0`),
    encodeGlobalID('Annotation', `${organizationId}/${id}/${id}`),
  ])
  return [
    ...workspaceFields(world, unseen).map((fields) =>
      post(`{ workspace(organization: "${organization}", slug: "${workspace}") { ${fields} } }`),
    ),
    ...nodes.map((node) => post(`{ node(id: "${node}") { id } }`)),
    post(`{ nodes(ids: ${JSON.stringify(nodes)}) { id } }`),
    // Admins read in the audit what was done to sessions that they do not see, which is what it is for.
    ...(key === world.seeded.ana.key
      ? []
      : [
          post(
            `{ organization(slug: "${organization}") { auditEntries(first: 50) { edges { node { act } } } } }`,
          ),
        ]),
    post(`{ organization(slug: "${organization}") ${fullSelection('Organization', 1)} }`),
    post(
      `{ organization(slug: "${organization}") { sessionSlice(limit: 50, filter: { archived: ANY }) ${fullSelection('SessionSlice', 1)} } }`,
    ),
    ...['', '?search=secret', '?agent=hidden-agent', '?label=team:hidden-team', '?archived=true'].flatMap(
      (search) => [
        dreadnode(`/sessions${search}`),
        dreadnode(`/sessions/facets${search}`),
        dreadnode(`/sessions/groups${search}`),
        dreadnode(`/sessions/grouped${search}`),
      ],
    ),
    ...ids.flatMap((id) => ['', '/transcript', '/trajectory'].map((of) => dreadnode(`/sessions/${id}${of}`))),
    ...world.groups.map((id) => dreadnode(`/sessions/groups/${id}`)),
    dreadnode('/projects'),
    ...['?limit=50', '?search=secret', '?search=alpha&limit=2&offset=1'].map((search) =>
      everruns(`/sessions${search}`),
    ),
    everruns('/sessions/stats'),
    ...unseen.map((id) => everruns(`/sessions/session_${id.replaceAll('-', '')}`)),
  ]
}

/** Status and text of each answer, but for what names the request. */
async function askAll(asked: readonly Asked[]): Promise<string[]> {
  const answers: string[] = []
  for (let from = 0; from < asked.length; from += 8)
    answers.push(
      ...(await Promise.all(
        asked.slice(from, from + 8).map(async ({ url, headers, body }) => {
          const answer = await fetch(url, {
            headers,
            ...(body === undefined ? {} : { method: 'POST', body }),
          })
          const text = (await answer.text()).replace(/"requestId":"[^"]*"/g, '')
          return `${body ?? new URL(url).pathname + new URL(url).search}\n${answer.status} ${text}`
        }),
      )),
    )
  return answers
}

async function keyOf(
  { store, organizationId, workspaceId, dan }: SeededWorkspace,
  scopes: KeyScope[],
  userId: string | null = dan.userId,
) {
  const secret = generateSecret()
  const bound = userId === null ? { workspaceId } : {}
  await createApiKey(
    store,
    { organizationId, userId, name: 'scoped', scopes, defaultWorkspaceId: workspaceId, ...bound } as never,
    secret,
  )
  return secret
}

async function viewersOf(seeded: SeededWorkspace): Promise<[string, string][]> {
  return [
    ['a member who may write', seeded.bob.key],
    ['an admin', seeded.ana.key],
    ['a key that reads', await keyOf(seeded, ['sessions:read'])],
    ['a key that only writes', await keyOf(seeded, ['sessions:write'])],
    ['a service key', await keyOf(seeded, ['sessions:read', 'sessions:write'], null)],
    ['a member of another workspace', seeded.eve.key],
    ['somebody of another organization', (await seedWorkspace()).bob.key],
  ]
}

async function compare(seen: readonly SessionPlan[], hidden: readonly SessionPlan[]): Promise<number> {
  const seeded = await seedWorkspace()
  const { store, organizationId, bob, cat, ana } = seeded
  const world = await openWorld(seeded)
  for (const [at, plan] of seen.entries())
    await makeSession(world, at % 2 === 0 ? ana : bob, plan, {
      visibility: 'WORKSPACE',
      // A group is seen by who made it, and by who sees a session of it.
      inGroup:
        at % 2 === 0 ||
        seen.some((other, before) => before < at && before % 2 === 0 && other.slot === plan.slot),
    })
  await store.apiKey.updateMany({
    where: { organizationId },
    data: { defaultWorkspaceId: seeded.workspaceId },
  })
  const viewers = await viewersOf(seeded)
  // Ids that nobody has yet, as unseen sessions will have them.
  const strange = [randomUUID(), `${world.prefixes[0]}${randomUUID().slice(8)}`]
  const hiddenFilter = randomUUID()
  strange.push(hiddenFilter)
  const ask = async () => {
    const answers: Record<string, string[]> = {}
    for (const [who, key] of viewers) answers[who] = await askAll(questions(counting, world, strange, key))
    answers['in the database'] = await askAll(questions(asking, world, strange, bob.key))
    return answers
  }
  // The first question has the columns read.
  await askAll(questions(counting, world, strange, bob.key))
  const absent = await ask()
  const heard = await listen(counting, seeded, bob)
  // Of a private session, its owner alone; cat is no viewer.
  const inGroups = (slot: number) => seen.some((plan, at) => at % 2 === 0 && plan.slot === slot)
  for (const plan of hidden)
    await makeSession(world, cat, plan, { visibility: 'PRIVATE', inGroup: inGroups(plan.slot) })
  await saveHiddenFilter(world, cat, hiddenFilter)
  const id = strange[1] as string
  await cat.graphql('mutation S($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }', {
    input: { ...seeded.place, id, model: 'hidden-model' },
  })
  const present = await ask()
  for (const [who, answers] of Object.entries(absent))
    for (const [at, answer] of answers.entries())
      expect(`${who}: ${present[who]?.[at]}`).toBe(`${who}: ${answer}`)
  expect(heard.heard()).toEqual([])
  heard.close()
  // What was compared is no row of refusals.
  const [first] = Object.values(absent)
  const refused = (first ?? []).filter((answer) =>
    /"code":"(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)"/.test(answer),
  )
  expect(refused).toEqual([])
  return Object.values(absent).flat().length
}

test('with sessions that a viewer does not see, every answer is what it is without them', {
  timeout: 600_000,
}, async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(planArbitrary, { minLength: 1, maxLength: 6 }),
      fc.array(planArbitrary, { minLength: 2, maxLength: 6 }),
      async (seen, hidden) => {
        compared += await compare(seen, hidden)
      },
    ),
    { numRuns: Number(process.env.WORLDS ?? (inject('postgresql') === null ? 1 : 2)), endOnFailure: true },
  )
  expect(compared).toBeGreaterThan(500)
})
