import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { join, sql } from '../../src/db/sql.js'
import { summarySets } from '../../src/domain/annotation/summary.js'
import type { SeededWorkspace } from './seed.js'

interface Annotated {
  source: string
  name: string
  label: string | null
  score: number | null
}

/** A session as the reference evaluator sees it, in the words of GraphQL. */
export interface Fact {
  uuid: string
  ownerId: string
  visibility: string
  projectId: string | null
  agent: string | null
  model: string | null
  origin: string
  title: string | null
  previewText: string | null
  labels: { key: string; values: string[] }[]
  archived: boolean
  frozen: boolean
  pinnedBy: string[]
  messageCount: number
  tokens: number
  costUsd: number | null
  answeringModels: string[]
  toolNames: string[]
  annotations: Annotated[]
  failedCallCount: number
  durationMs: number | null
  createdAt: string
  lastMessageAt: string | null
  updatedAt: string
}

const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`

export const annotationNames = ['help', 'Täst:é', 'tone']
const annotationLabels = ['good', 'a:b', '']

const annotations = fc.array(
  fc.record({
    source: fc.constantFrom('PERSON', 'MODEL', 'RULE'),
    name: fc.constantFrom(...annotationNames),
    label: fc.constantFrom(...annotationLabels, null),
    score: fc.constantFrom(-1, 0.1, 0.25, 12345678901234.5, null),
  }),
  { maxLength: 3 },
)

/** Of the scores under a name; null without one. */
export function meanScore({ annotations }: Fact, name: string): number | null {
  const scores = annotations.flatMap((one) => (one.name === name && one.score !== null ? [one.score] : []))
  // Exact: all are whole numbers of twentieths.
  const sum = scores.reduce((all, score) => all + BigInt(Math.round(score * 20)), 0n)
  return scores.length === 0 ? null : Number(sum) / (20 * scores.length)
}

const labelValues = ['prod', 'dev', 'a:b']

/** Sessions of these owners and projects, in few distinct values, so that filters match often, and orders have many ties and nulls. */
export const factArbitrary = (owners: readonly string[], projects: readonly string[]): fc.Arbitrary<Fact> =>
  fc.record({
    uuid: fc.constant('').map(() => randomUUID()),
    ownerId: fc.constantFrom(...owners),
    visibility: fc.constantFrom('PRIVATE', 'WORKSPACE'),
    projectId: fc.constantFrom(...projects, null),
    agent: fc.constantFrom('coder', 'Coder', 'recon_1', 'ünïcode', '', null),
    model: fc.constantFrom('m-large', 'm-small', '', null),
    origin: fc.constantFrom('USER', 'USER', 'EVAL', 'WORKER'),
    title: fc.constantFrom('Fix login', 'login', 'Login page', '100%_done', 'back\\slash', 'prelogin', null),
    previewText: fc.constantFrom('please fix the login', 'prod is down', null),
    labels: fc
      .subarray(['env', 'team'])
      .chain((keys) =>
        fc.tuple(
          ...keys.map((key) =>
            fc.record({ key: fc.constant(key), values: fc.subarray(labelValues, { minLength: 1 }) }),
          ),
        ),
      ),
    archived: fc.boolean(),
    frozen: fc.boolean(),
    pinnedBy: fc.subarray([...owners]),
    messageCount: fc.constantFrom(0, 3, 12),
    tokens: fc.constantFrom(0, 10, 3_000_000_000),
    costUsd: fc.constantFrom(0, 0.1, 2.5, null),
    answeringModels: fc.subarray(['a-model', 'm-large', 'm-small']),
    toolNames: fc.subarray(['Bash', 'read', 'ünï']),
    annotations,
    failedCallCount: fc.constantFrom(0, 1, 7),
    durationMs: fc.constantFrom(0, 1500, 3_000_000_000, null),
    createdAt: fc.integer({ min: 1, max: 4 }).map(day),
    lastMessageAt: fc.option(fc.integer({ min: 4, max: 7 }).map(day)),
    updatedAt: fc.integer({ min: 7, max: 9 }).map(day),
  })

/** Stores sessions of bob and cat whose columns are random; gives what was stored. */
export async function seedFacts(seeded: SeededWorkspace, numRuns: number, seed: number): Promise<Fact[]> {
  const { store, organizationId, projectId, bob, cat } = seeded
  const facts = fc.sample(factArbitrary([bob.userId, cat.userId], [projectId]), { numRuns, seed })
  await insertFacts(seeded, facts)
  await store.$executeRaw(sql`
    insert into pins (organization_id, session_id, user_id)
    select ${organizationId}::uuid, p.session_id, p.user_id
    from jsonb_to_recordset(${JSON.stringify(
      facts.flatMap(({ uuid, pinnedBy }) =>
        pinnedBy.map((userId) => ({ session_id: uuid, user_id: userId })),
      ),
    )}::jsonb) as p(session_id uuid, user_id uuid)`)
  return facts
}

/** Stores sessions with exactly these columns, and annotations. */
export async function insertFacts(
  { store, organizationId, workspaceId }: SeededWorkspace,
  facts: readonly Fact[],
): Promise<void> {
  const rows = facts.map(({ labels, annotations: _, visibility, origin, ...fact }) => ({
    ...fact,
    visibility: visibility.toLowerCase(),
    origin: origin.toLowerCase(),
    labels: labels.flatMap(({ key, values }) => values.map((value) => `${key}:${value}`)),
  }))
  await store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, visibility, project_id, agent, model, origin,
      title, preview_text, labels, archived_at, frozen_at, sent_message_count, total_input_tokens, priced_cost_usd, unpriced_count,
      answering_models, tool_names, failed_call_count, total_message_count, first_message_at, last_row_at, created_at, last_message_at, updated_at)
    select ${organizationId}::uuid, ${workspaceId}::uuid, r.uuid, r."ownerId", r.visibility::session_visibility,
      r."projectId", r.agent, r.model, r.origin::session_origin, r.title, r."previewText", r.labels,
      case when r.archived then now() end, case when r.frozen then now() end, r."messageCount", r.tokens,
      coalesce(r."costUsd", 0), case when r."costUsd" is null then 1 else 0 end, r."answeringModels", r."toolNames",
      r."failedCallCount", case when r."durationMs" is null then 1 else 2 end, r."createdAt",
      r."createdAt" + coalesce(r."durationMs", 0) * interval '1 millisecond', r."createdAt", r."lastMessageAt",
      r."updatedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(uuid uuid, "ownerId" uuid, visibility text,
      "projectId" uuid, agent text, model text, origin text, title text, "previewText" text, labels text[],
      archived boolean, frozen boolean, "messageCount" int, tokens bigint, "costUsd" numeric,
      "answeringModels" text[], "toolNames" text[], "failedCallCount" int, "durationMs" float8, "createdAt" timestamptz,
      "lastMessageAt" timestamptz, "updatedAt" timestamptz)`)
  const annotated = facts.flatMap(({ uuid, annotations }) => annotations.map((one) => ({ ...one, uuid })))
  await store.$executeRaw(sql`
    insert into annotations (organization_id, session_id, id, source, name, label, score)
    select ${organizationId}::uuid, r.uuid, gen_random_uuid(), lower(r.source), r.name, r.label, r.score
    from jsonb_to_recordset(${JSON.stringify(annotated)}::jsonb) as r(uuid uuid, source text, name text, label text, score numeric)`)
  for (const id of new Set(annotated.map(({ uuid }) => uuid)))
    await store.$executeRaw(sql`update sessions set ${join(summarySets({ organizationId, id }, sql`true`))}
      where organization_id = ${organizationId}::uuid and id = ${id}::uuid`)
}

interface Range<T> {
  min?: T
  max?: T
}

interface Times {
  from?: string
  to?: string
}

/** The input type `SessionCondition` of GraphQL. */
export interface Condition {
  owners?: string[]
  mine?: boolean
  projects?: string[]
  agents?: string[]
  agentIds?: string[]
  models?: string[]
  origins?: string[]
  visibility?: string
  shared?: boolean
  frozen?: boolean
  pinned?: boolean
  labels?: { key: string; values: string[] }[]
  messageCount?: Range<number>
  tokens?: Range<number>
  costUsd?: Range<number>
  answeringModels?: string[]
  toolNames?: string[]
  annotations?: { name?: string; sources?: string[]; labels?: string[]; score?: Range<number> }[]
  annotated?: boolean
  failedCallCount?: Range<number>
  durationMs?: Range<number>
  createdBetween?: Times
  activeBetween?: Times
  lastActivity?: Times
  and?: Condition[]
  or?: Condition[]
  not?: Condition
}

/** The input type `SessionFilter` of GraphQL. */
export interface Filter extends Condition {
  archived?: 'ACTIVE' | 'ARCHIVED' | 'ANY'
  includeWorkload?: boolean
  search?: string
  searchIn?: string[]
  titleWords?: string[]
}

const noAgent = `agent_${'0'.repeat(32)}`

/** What a condition means: the reference evaluator. */
function holds(fact: Fact, asked: Condition, viewerId: string): boolean {
  const oneOf = (values: string[] | undefined, value: string | null) => !values || values.includes(value!)
  const someOf = (values: string[] | undefined, has: string[]) =>
    !values || has.some((value) => values.includes(value))
  const is = (wanted: boolean | undefined, value: boolean) => wanted === undefined || wanted === value
  const within = (value: number | null, { min, max }: Range<number> = {}) =>
    (min === undefined || (value !== null && value >= min)) &&
    (max === undefined || (value !== null && value <= max))
  const overlaps = (start: string, end: string, { from, to }: Times = {}) =>
    (!from || end >= from) && (!to || start < to)
  const active = fact.lastMessageAt ?? fact.createdAt
  return (
    oneOf(asked.owners, fact.ownerId) &&
    is(asked.mine, fact.ownerId === viewerId) &&
    oneOf(asked.projects, fact.projectId) &&
    oneOf(asked.agents, fact.agent) &&
    (!asked.agentIds || (asked.agentIds.includes(noAgent) && !fact.agent)) &&
    oneOf(asked.models, fact.model) &&
    oneOf(asked.origins, fact.origin) &&
    (!asked.visibility || asked.visibility === fact.visibility) &&
    is(asked.shared, fact.visibility === 'WORKSPACE') &&
    is(asked.frozen, fact.frozen) &&
    is(asked.pinned, fact.pinnedBy.includes(viewerId)) &&
    (asked.labels ?? []).every(({ key, values }) =>
      fact.labels.some((has) => has.key === key && has.values.some((value) => values.includes(value))),
    ) &&
    within(fact.messageCount, asked.messageCount) &&
    within(fact.tokens, asked.tokens) &&
    within(fact.costUsd, asked.costUsd) &&
    someOf(asked.answeringModels, fact.answeringModels) &&
    someOf(asked.toolNames, fact.toolNames) &&
    (asked.annotations ?? []).every(({ name, sources, labels, score }) =>
      fact.annotations.some(
        (one) =>
          (name === undefined || one.name === name) &&
          oneOf(sources, one.source) &&
          oneOf(labels, one.label) &&
          within(one.score, score),
      ),
    ) &&
    is(asked.annotated, fact.annotations.length > 0) &&
    within(fact.failedCallCount, asked.failedCallCount) &&
    within(fact.durationMs, asked.durationMs) &&
    overlaps(fact.createdAt, fact.createdAt, asked.createdBetween) &&
    overlaps(fact.createdAt, active, asked.activeBetween) &&
    overlaps(active, active, asked.lastActivity) &&
    (asked.and ?? []).every((one) => holds(fact, one, viewerId)) &&
    (!asked.or || asked.or.some((one) => holds(fact, one, viewerId))) &&
    (!asked.not || !holds(fact, asked.not, viewerId))
  )
}

/** Whether the viewer's list has the session under this filter. */
export function matches(fact: Fact, filter: Filter, viewerId: string): boolean {
  const { archived = 'ACTIVE', titleWords = [] } = filter
  return (
    (fact.visibility === 'WORKSPACE' || fact.ownerId === viewerId) &&
    (archived === 'ANY' || fact.archived === (archived === 'ARCHIVED')) &&
    (filter.includeWorkload === true || fact.origin !== 'EVAL') &&
    titleWords.every((word) => fact.title?.toLowerCase().includes(word.toLowerCase())) &&
    (!filter.search?.trim() || relevance(fact, filter) !== null) &&
    holds(fact, filter, viewerId)
  )
}

/** How well the texts searched match, as the description of `RELEVANCE` says, without the time; null for no match. */
export function relevance(fact: Fact, { search = '', searchIn }: Filter): number | null {
  const text = search.trim().toLowerCase()
  const texts = [
    { name: 'PREVIEW', worth: 0, values: [fact.previewText] },
    { name: 'LABELS', worth: 10, values: fact.labels.flatMap(({ values }) => values) },
    { name: 'MODEL', worth: 20, values: [fact.model] },
    { name: 'AGENT', worth: 20, values: [fact.agent] },
    { name: 'TITLE', worth: 30, values: [fact.title] },
  ]
  const ranks = texts.flatMap(({ name, worth, values }) =>
    searchIn && !searchIn.includes(name)
      ? []
      : values.flatMap((value) => {
          const place = value?.toLowerCase()
          if (!place?.includes(text)) return []
          return (
            worth + (place === text ? 3 : place.startsWith(text) ? 2 : place.includes(` ${text}`) ? 1 : 0)
          )
        }),
  )
  return ranks.length === 0 ? null : Math.max(...ranks)
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 })

/** Filters over the values that `seedFacts` stores, nested up to two levels. */
export function filterArbitrary({ bob, cat, projectId }: SeededWorkspace): fc.Arbitrary<Filter> {
  const names = (values: string[]) => fc.subarray(values)
  const range = (values: number[]) =>
    fc.record({ min: fc.constantFrom(...values), max: fc.constantFrom(...values) }, { requiredKeys: [] })
  const moment = fc.integer({ min: 1, max: 8 }).map(day)
  const times = fc.record({ from: moment, to: moment }, { requiredKeys: [] })
  const members = {
    owners: names([bob.userId, cat.userId]),
    mine: fc.boolean(),
    projects: names([projectId, randomUUID()]),
    agents: names(['coder', 'Coder', 'recon_1', '', 'unknown']),
    agentIds: names([noAgent, `agent_${'1'.repeat(32)}`]),
    models: names(['m-large', 'm-small', '']),
    origins: names(['USER', 'EVAL', 'WORKER']),
    visibility: fc.constantFrom('PRIVATE', 'WORKSPACE'),
    shared: fc.boolean(),
    frozen: fc.boolean(),
    pinned: fc.boolean(),
    labels: fc.array(fc.record({ key: fc.constantFrom('env', 'team'), values: fc.subarray(labelValues) }), {
      maxLength: 2,
    }),
    messageCount: range([0, 3, 4, 12]),
    tokens: range([0, 10, 11, 3_000_000_000]),
    costUsd: range([0, 0.1, 0.2, 2.5]),
    answeringModels: names(['a-model', 'm-large', 'unknown']),
    toolNames: names(['Bash', 'bash', 'ünï']),
    annotations: fc.array(
      fc.record(
        {
          name: fc.constantFrom(...annotationNames, 'unknown'),
          sources: names(['PERSON', 'MODEL']),
          labels: names(annotationLabels),
          score: range([-1, 0.1, 0.2, 12345678901234.5]),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
    annotated: fc.boolean(),
    failedCallCount: range([0, 1, 5]),
    durationMs: range([0, 1500, 2_000_000_000]),
    createdBetween: times,
    activeBetween: times,
    lastActivity: times,
  }
  const few = <T>(model: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<Partial<T>> =>
    fc
      .subarray(Object.keys(model) as (keyof T & string)[], { maxLength: 3 })
      .chain((chosen) =>
        fc.record(Object.fromEntries(chosen.map((name) => [name, model[name]])) as typeof model),
      )
  const flat = few(members) as fc.Arbitrary<Condition>
  const nest = (inner: fc.Arbitrary<Condition>) => ({
    and: sometimes(fc.array(inner, { maxLength: 2 })),
    or: sometimes(fc.array(inner, { maxLength: 3 })),
    not: sometimes(inner),
  })
  const merge = (parts: Filter[]): Filter => JSON.parse(JSON.stringify(Object.assign({}, ...parts)))
  const nested = fc.tuple(flat, fc.record(nest(flat))).map(merge)
  const atTop = few({
    archived: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'ANY' as const),
    includeWorkload: fc.boolean(),
    search: fc.constantFrom('', '  ', 'LOGIN', '%', '_', '\\', 'Ü', 'prod', ':', 'env', ' a:B ', 'fix'),
    searchIn: fc.subarray(['TITLE', 'PREVIEW', 'AGENT', 'MODEL', 'LABELS']),
    titleWords: fc.subarray(['LOGIN', 'fix', '%']),
  })
  return fc.tuple(atTop, flat, fc.record(nest(nested))).map(merge)
}
