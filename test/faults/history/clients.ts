import { setTimeout as sleep } from 'node:timers/promises'
import type { Draws } from '../../../src/cli/seed/draws.js'
import { annotate, trace } from './annotations-and-traces.js'
import { ask, graphql } from './ask.js'
import { type Crowd, type Known, note, place, portOf } from './crowd.js'
import { type Face, faces } from './record.js'
import { liveAlone } from './solitary.js'

const agents = ['coder', 'reviewer', 'planner', 'helper']
const workspacePath = '/api/v1/org/acme/ws/main/sessions'

/** One client: requests one after the other, over all faces and gateways, until it is told to stop. */
export async function runClient(crowd: Crowd, draws: Draws, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await act(crowd, draws)
    await sleep(draws.integer(0, 20))
  }
}

async function act(crowd: Crowd, draws: Draws): Promise<void> {
  const live = crowd.sessions.filter(({ ending }) => !ending).slice(-40)
  const drawn = draws.fraction()
  const session = live.length === 0 ? null : draws.pick(live)
  if (session === null || drawn < 0.12) {
    await save(crowd, draws)
    return
  }
  if (drawn < 0.48) return append(crowd, draws, session)
  if (drawn < 0.52) return trace(crowd, draws)
  if (drawn < 0.53) return liveAlone(crowd, draws)
  if (drawn < 0.55) return annotate(crowd, draws, session)
  if (drawn < 0.68) return race(crowd, draws, session)
  if (drawn < 0.74) return retitle(crowd, draws, session)
  if (drawn < 0.79) return setArchived(crowd, draws, session)
  if (drawn < 0.83) return freeze(crowd, draws, session)
  if (drawn < 0.86) return saveAndDelete(crowd, draws)
  return read(crowd, draws, session)
}

/** Saves a session, which others may write to from then on; null unless that is done and its id the client's own. */
async function save(crowd: Crowd, draws: Draws): Promise<Known | null> {
  const face = draws.pick(faces)
  const [key, id, agent, title] = [
    draws.pick(crowd.world.keys),
    draws.uuid(),
    draws.pick(agents),
    crowd.record.name('title'),
  ]
  const port = portOf(crowd, draws)
  const made = { kind: 'save', face, title } as const
  if (face === 'organization API') {
    const body = { agent_id: `agent_${'0'.repeat(32)}`, title }
    let session: string | null = null
    await note(crowd, { ...made, session: null }, async () => {
      const answer = await ask(port, key, '/v1/sessions', { body })
      if (answer.outcome === 'done') session = hyphenated(answer.body.id)
      return answer
    })
    if (session !== null) {
      const last = crowd.record.operations.findLast((one) => one.title === title)
      if (last !== undefined) last.session = session
    }
    return null
  }
  const input = { id, agent, title, model: 'm' }
  const { outcome } = await note(crowd, { ...made, session: id }, () =>
    face === 'GraphQL'
      ? graphql(
          port,
          key,
          `mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome session { uuid } } }`,
          { input: { ...input, organization: 'acme', workspace: 'main', visibility: 'WORKSPACE' } },
        )
      : ask(port, key, workspacePath, { body: { ...input, visibility: 'workspace' } }),
  )
  if (outcome !== 'done') return null
  const known = { id, key, ending: false }
  crowd.sessions.push(known)
  return known
}

/** Appends under ids of its own, again when it is unsure; or without ids, once. */
async function append(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const withIds = draws.chance(0.8)
  const face: Face = draws.chance(0.5) ? 'GraphQL' : 'workspace API'
  const messages = Array.from({ length: draws.integer(1, 6) }, (_, number) => ({
    ...(withIds ? { id: draws.uuid() } : {}),
    role: number % 2 === 0 ? 'USER' : 'ASSISTANT',
    content: crowd.record.name('text'),
    usage: {
      inputTokens: draws.integer(0, 900),
      outputTokens: draws.integer(0, 90),
      costUsd: draws.integer(0, 99) / 1000,
    },
  }))
  const texts = messages.map(({ content }) => content)
  for (let attempt = 0; attempt < 4; attempt++) {
    const port = portOf(crowd, draws)
    const { outcome } = await note(crowd, { kind: 'append', face, session: id, texts }, () =>
      face === 'GraphQL'
        ? graphql(
            port,
            key,
            `mutation ($id: String!, $messages: [MessageInput!]!) {
              appendTranscript(input: { ${place}, id: $id, messages: $messages }) { appendedCount lastSeq } }`,
            { id, messages },
          )
        : ask(port, key, `${workspacePath}/${id}/transcript`, {
            body: { messages: messages.map(inSnakeCase) },
          }),
    )
    // Sometimes the answer is lost on the client's own side.
    if (outcome === 'refused' || !withIds || (outcome === 'done' && !draws.chance(0.15))) return
    await sleep(draws.integer(20, 400))
  }
}

const inSnakeCase = ({ usage, role, ...message }: { usage: { [name: string]: number }; role: string }) => ({
  ...message,
  role: role.toLowerCase(),
  usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens, cost_usd: usage.costUsd },
})

/** Several clients change a session that all saw in the same state. */
async function race(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const seen = await graphql(
    portOf(crowd, draws),
    key,
    `query ($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) { updatedAt } } }`,
    { id },
  )
  const expected: string | undefined = seen.body?.data?.workspace?.session?.updatedAt
  if (expected === undefined) return
  const racers = Array.from({ length: 3 }, () => [portOf(crowd, draws), crowd.record.name('title')] as const)
  await Promise.all(
    racers.map(([port, title]) =>
      note(crowd, { kind: 'retitle', face: 'GraphQL', session: id, title, expected }, () =>
        graphql(
          port,
          key,
          `mutation ($id: String!, $title: String!, $expected: DateTime) {
            updateSession(input: { ${place}, id: $id, title: $title, expectedUpdatedAt: $expected }) { session { title } } }`,
          { id, title, expected },
        ),
      ),
    ),
  )
}

async function retitle(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const face: Face = draws.chance(0.5) ? 'organization API' : 'workspace API'
  const title = crowd.record.name('title')
  const path =
    face === 'workspace API' ? `${workspacePath}/${id}` : `/v1/sessions/session_${id.replaceAll('-', '')}`
  const port = portOf(crowd, draws)
  await note(crowd, { kind: 'retitle', face, session: id, title }, () =>
    ask(port, key, path, { method: 'PATCH', body: { title } }),
  )
}

async function setArchived(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const path = `${workspacePath}/${id}/${draws.chance(0.5) ? 'archive' : 'unarchive'}`
  const port = portOf(crowd, draws)
  await note(crowd, { kind: 'archive', face: 'workspace API', session: id }, () => ask(port, key, path))
}

async function freeze(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const face: Face = draws.chance(0.5) ? 'GraphQL' : 'workspace API'
  const port = portOf(crowd, draws)
  await note(crowd, { kind: 'freeze', face, session: id }, () =>
    face === 'GraphQL'
      ? graphql(
          port,
          key,
          `mutation ($id: String!) { freezeSession(input: { ${place}, id: $id }) { session { frozenAt } } }`,
          { id },
        )
      : ask(port, key, `${workspacePath}/${id}/freeze`),
  )
}

/** A session that nobody else knows of, so that its end is certain. */
async function saveAndDelete(crowd: Crowd, draws: Draws): Promise<void> {
  const known = await save(crowd, draws)
  if (known === null) return
  known.ending = true
  const port = portOf(crowd, draws)
  await note(crowd, { kind: 'delete', face: 'workspace API', session: known.id }, () =>
    ask(port, known.key, `${workspacePath}/${known.id}`, { method: 'DELETE' }),
  )
}

/** A transcript as it is read holds what was acknowledged before, without a gap. */
async function read(crowd: Crowd, draws: Draws, { id, key }: Known): Promise<void> {
  const acknowledged = new Set(
    crowd.record.operations
      .filter(({ kind, session, outcome }) => kind === 'append' && session === id && outcome === 'done')
      .flatMap(({ texts = [] }) => texts),
  )
  const { outcome, body } = await graphql(
    portOf(crowd, draws),
    key,
    `query ($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) {
        session(id: $id) { usage { totalMessageCount } transcript(first: 100) { edges { node { seq } } } }
        sessionFacets(filter: { archived: ANY }) { agents(first: 10) { edges { node { value } count } } }
      } }`,
    { id },
  )
  if (outcome !== 'done') return
  const { usage, transcript } = body.data.workspace.session
  const seqs: number[] = transcript.edges.map(({ node }: { node: { seq: number } }) => node.seq)
  if (seqs.some((seq, index) => seq !== index))
    crowd.record.violate(`Session ${id} was read with seqs ${seqs.join()}`)
  if (usage.totalMessageCount < acknowledged.size)
    crowd.record.violate(
      `Session ${id} was read with ${usage.totalMessageCount} messages when ${acknowledged.size} were acknowledged`,
    )
}

function hyphenated(id: string): string {
  return id.replace(/^session_/, '').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
