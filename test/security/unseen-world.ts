import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { mutationOf } from '../support/mutation.js'
import { type Member, type SeededWorkspace, saveSession } from '../support/seed.js'

/** What a session of a random world is like; all of them share few values, so that seen and unseen ones meet. */
export interface SessionPlan {
  /** Of the group, of the prefix of the id, and of the project. */
  slot: number
  agent: string
  model: string
  title: string
  label: string
  messages: number
  state: 'plain' | 'archived' | 'frozen' | 'pinned'
  inProject: boolean
  /** Label of an annotation on it; null for no annotation. */
  judged: string | null
}

const words = ['alpha', 'beta', 'gamma']
export const planArbitrary: fc.Arbitrary<SessionPlan> = fc.record({
  slot: fc.nat({ max: 2 }),
  agent: fc.constantFrom('coder', 'reviewer', 'hidden-agent'),
  model: fc.constantFrom('m-small', 'm-large', 'hidden-model'),
  title: fc.constantFrom(...words.map((word) => `Fix ${word}`), 'secret plan'),
  label: fc.constantFrom('payments', 'search', 'hidden-team'),
  messages: fc.nat({ max: 2 }),
  state: fc.constantFrom('plain', 'archived', 'frozen', 'pinned'),
  inProject: fc.boolean(),
  judged: fc.constantFrom(null, 'good', 'hidden-label'),
})

/** Groups and id prefixes that all sessions of a world share. */
export interface World {
  seeded: SeededWorkspace
  groups: string[]
  prefixes: string[]
}

export async function openWorld(seeded: SeededWorkspace): Promise<World> {
  const { ana, place, projectId } = seeded
  const groups = await Promise.all(
    [0, 1, 2].map(async (slot) => {
      const { data, errors } = await ana.graphql(
        `mutation G($input: CreateSessionGroupInput!) { createSessionGroup(input: $input) { group { uuid } } }`,
        { input: { ...place, id: randomUUID(), kind: 'WORKFLOW', projectId, title: `Group ${slot}` } },
      )
      if (errors) throw new Error(JSON.stringify(errors))
      return data.createSessionGroup.group.uuid as string
    }),
  )
  return { seeded, groups, prefixes: [0, 1, 2].map(() => randomUUID().slice(0, 8)) }
}

const act = async (member: Member, name: string, fields: string, input: object) => {
  const { errors } = await member.graphql(mutationOf(name, fields), { input })
  if (errors) throw new Error(JSON.stringify(errors))
}

/** Makes the session of a plan as a member; gives its uuid. */
export async function makeSession(
  { seeded, groups, prefixes }: World,
  owner: Member,
  plan: SessionPlan,
  { visibility, inGroup }: { visibility: 'PRIVATE' | 'WORKSPACE'; inGroup: boolean },
): Promise<string> {
  const { place } = seeded
  const id = `${prefixes[plan.slot]}${randomUUID().slice(8)}`
  await saveSession({ place }, owner, {
    ...{ id, agent: plan.agent, model: plan.model, title: plan.title, visibility },
    labels: [{ key: 'team', values: [plan.label] }],
    ...(inGroup ? { groupId: groups[plan.slot] } : {}),
    ...(plan.inProject ? { projectId: seeded.projectId } : {}),
  })
  if (plan.messages > 0)
    await act(owner, 'appendTranscript', 'lastSeq', {
      ...place,
      id,
      messages: Array.from({ length: plan.messages }, (_, at) => ({
        role: at % 2 === 0 ? 'USER' : 'ASSISTANT',
        content: `${plan.title} ${at}`,
        usage: { inputTokens: 10, outputTokens: 5, costUsd: 0.5 },
      })),
    })
  if (plan.judged !== null)
    await act(owner, 'createAnnotation', '__typename', {
      ...{ ...place, id, name: plan.judged === 'good' ? 'quality' : 'hidden-name', label: plan.judged },
      ...{ source: plan.judged === 'good' ? 'PERSON' : 'RULE', score: `0.${plan.slot + 1}` },
    })
  if (plan.state === 'archived') await act(owner, 'archiveSession', '__typename', { ...place, id })
  if (plan.state === 'frozen') await act(owner, 'freezeSession', '__typename', { ...place, id })
  if (plan.state === 'pinned') await act(owner, 'pinSession', '__typename', { ...place, id })
  return id
}

/** A filter that only its owner sees. */
export async function saveHiddenFilter({ seeded }: World, owner: Member, id: string): Promise<void> {
  await act(owner, 'saveFilter', '__typename', {
    ...{ ...seeded.place, id, name: 'Hidden filter', shared: false },
    filter: { agents: ['hidden-agent'] },
  })
}
