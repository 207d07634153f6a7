import type { Draws } from '../../../src/cli/seed/draws.js'
import { type Answer, graphql } from './ask.js'
import { type Crowd, place, portOf } from './crowd.js'
import type { Solitary, SolitaryRow } from './held.js'

export interface Step {
  /** What it does to what the session holds, if it is carried out. */
  change(held: Solitary): void
  send(port: number): Promise<Answer>
  /** Whether it may be sent again; what may not is looked for in the transcript. */
  repeats: boolean
}

type Draw = (crowd: Crowd, draws: Draws, held: Solitary) => Step | null | Promise<Step | null>

/** A step that the session allows; null where it allows none of the kind that was drawn. */
export function drawStep(crowd: Crowd, draws: Draws, held: Solitary): ReturnType<Draw> {
  if (held.rows.length === 0) return append(crowd, draws, held)
  return draws.pick([append, append, compact, rewind, rewind, pin, move, turn])(crowd, draws, held)
}

const append: Draw = ({ record }, draws, { id, key, rows }) => {
  const first = nextSeq(rows)
  const added = Array.from({ length: draws.integer(1, 5) }, (_, index): SolitaryRow => {
    const role = index % 2 === 0 ? 'USER' : 'ASSISTANT'
    const saidAt = draws.chance(0.5) ? past(draws) : null
    const text = record.name('line')
    return {
      ...{ id: draws.uuid(), seq: first + index, role, text, saidAt },
      isSummary: false,
      isCompacted: false,
    }
  })
  const messages = added.map(({ id, role, text, saidAt }) => ({
    ...{ id, role, content: text, usage: { inputTokens: 3, outputTokens: 2, costUsd: 0.001 } },
    ...(saidAt === null ? {} : { createdAt: saidAt }),
  }))
  return {
    repeats: true,
    change: (held) => {
      held.rows.push(...added)
      count(held, 'append_messages')
    },
    send: (port) =>
      mutate(port, key, '$messages: [MessageInput!]!', 'appendTranscript', 'messages: $messages', {
        id,
        messages,
      }),
  }
}

/** Everything up to a row that is not compacted becomes a summary. */
const compact: Draw = ({ record }, draws, { id, key, rows }) => {
  const open = rows.filter(({ isCompacted, isSummary }) => !isCompacted && !isSummary)
  if (open.length === 0) return null
  const upToSeq = draws.pick(open).seq
  const summary = { id: draws.uuid(), role: 'USER' as const, content: record.name('summary') }
  const seq = nextSeq(rows)
  return {
    repeats: true,
    change: (held) => {
      for (const row of held.rows) if (row.isSummary || row.seq <= upToSeq) row.isCompacted = true
      const { content: text, ...rest } = summary
      held.rows.push({ ...rest, seq, text, isSummary: true, isCompacted: false, saidAt: null })
      count(held, 'compact_transcript')
    },
    send: (port) =>
      mutate(
        port,
        key,
        '$summary: MessageInput!, $upToSeq: NonNegativeInt!',
        'compactTranscript',
        'summary: $summary, upToSeq: $upToSeq',
        {
          ...{ id, summary, upToSeq },
        },
      ),
  }
}

/** A question that no summary stands for goes, with all that was said after it. */
const rewind: Draw = (_crowd, draws, { id, key, rows }) => {
  const targets = rows.filter(
    ({ role, isCompacted, isSummary }) => role === 'USER' && !isCompacted && !isSummary,
  )
  if (targets.length === 0) return null
  const fromSeq = draws.pick(targets).seq
  return {
    repeats: false,
    change: (held) => {
      held.rows = held.rows.filter(({ seq, isSummary }) => isSummary || seq < fromSeq)
      count(held, 'rewind_transcript')
    },
    send: (port) =>
      mutate(port, key, '$fromSeq: NonNegativeInt!', 'rewindTranscript', 'fromSeq: $fromSeq', {
        id,
        fromSeq,
      }),
  }
}

const pin: Draw = ({ world }, draws, { id, pinned }) => {
  const number = draws.integer(0, world.keys.length - 1)
  const takesOff = draws.chance(0.4)
  return {
    repeats: true,
    change: (held) => {
      const isChanged = pinned.includes(number) === takesOff
      held.pinned = [...pinned.filter((one) => one !== number), ...(takesOff ? [] : [number])]
      if (isChanged) count(held, takesOff ? 'unpin_session' : 'pin_session')
    },
    send: (port) =>
      mutate(port, world.keys[number] ?? '', '', takesOff ? 'unpinSession' : 'pinSession', '', { id }),
  }
}

/** Into one of a few projects, which the first moves make, or out of any. */
const move: Draw = async (crowd, draws, { id, key, projectId: before }) => {
  if (crowd.projects.length < 3) {
    const { outcome, body } = await graphql(
      portOf(crowd, draws),
      key,
      `mutation ($name: String!) { createProject(input: { ${place}, name: $name }) { project { uuid } } }`,
      { name: crowd.record.name('project') },
    )
    if (outcome === 'done') crowd.projects.push(body.data.createProject.project.uuid)
  }
  if (crowd.projects.length === 0) return null
  const projectId = draws.chance(0.2) ? null : draws.pick(crowd.projects)
  return {
    repeats: true,
    change: (held) => {
      held.projectId = projectId
      if (projectId !== before) count(held, 'move_session')
    },
    send: (port) =>
      graphql(
        port,
        key,
        `mutation ($id: UUID!, $projectId: UUID) {
          moveSessions(input: { ${place}, ids: [$id], projectId: $projectId }) { outcomes { result refusal { code } } } }`,
        { id, projectId },
      ),
  }
}

const turn: Draw = (_crowd, draws, { id, key, isInTurn }) => {
  const [begins, ends] = [draws.chance(0.6), draws.chance(0.5) ? 'endTurn' : 'cancelTurn']
  return {
    repeats: true,
    change: (held) => {
      held.isInTurn = begins
      if (begins !== isInTurn)
        count(held, begins ? 'start_turn' : ends === 'endTurn' ? 'end_turn' : 'cancel_turn')
    },
    send: (port) => mutate(port, key, '', begins ? 'startTurn' : ends, '', { id }),
  }
}

function mutate(
  port: number,
  key: string,
  declared: string,
  field: string,
  given: string,
  variables: object,
) {
  return graphql(
    port,
    key,
    `mutation ($id: String!, ${declared}) { ${field}(input: { ${place}, id: $id, ${given} }) { session { uuid } } }`,
    variables,
  )
}

const nextSeq = (rows: readonly SolitaryRow[]) => Math.max(-1, ...rows.map(({ seq }) => seq)) + 1

function count({ acts }: Solitary, act: string): void {
  acts[act] = (acts[act] ?? 0) + 1
}

/** A moment of the last month, in whole seconds. */
export function past(draws: Draws): string {
  return new Date(Math.floor(Date.now() / 1000 - draws.integer(3600, 30 * 86_400)) * 1000).toISOString()
}
