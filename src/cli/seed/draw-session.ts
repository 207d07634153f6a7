import type { SessionOrigin } from '../../db/sql.js'
import type { MessageUsage } from '../../domain/transcript/message.js'
import { type Draws, type Weighted, weigh } from './draws.js'
import { type ShapeName, shapes, type Traits } from './shapes.js'
import { models, type Owner, ticketCount } from './world.js'

export interface SeededSession extends Traits {
  id: string
  title: string | null
  titleSource: 'person' | 'machine' | null
  origin: SessionOrigin
  shared: boolean
  frozenBy: 'evaluation' | 'user' | null
  labels: string[]
  /** What the client last said; the length of the transcript where there is one. */
  messageCount: number
  preview: string | null
  createdAt: Date
  updatedAt: Date
  messages: SeededMessage[]
}

const dayMs = 86_400_000
const spanMs = 90 * dayMs
const minuteMs = 60_000
const origins = weigh(['user', 'worker', 'eval'] as const, (index) => [6, 2, 2][index] ?? 0)
const verbs = 'Fix Explain Review Test Migrate Profile Document Refactor Trace Deploy'.split(' ')
const things =
  'timeout retry invoice login cache index upload webhook export search import parser quota'.split(' ')
const parts = 'checkout API worker dashboard gateway scheduler mobile importer'.split(' ')

/** The next session, created in the 90 days before `until`. */
export function drawSession(
  draws: Draws,
  shape: ShapeName,
  owners: Weighted<Owner>,
  until: Date,
): SeededSession {
  const id = draws.uuid()
  const origin = draws.weighted(origins)
  const age = draws.fraction()
  const traits = shapes[shape].draw(draws, owners, origin, age)
  const createdAt = new Date(until.getTime() - Math.ceil(age * spanMs))
  const lastsMs = Math.min(draws.integer(minuteMs, 4 * 60 * minuteMs), until.getTime() - createdAt.getTime())
  const updatedAt = new Date(createdAt.getTime() + lastsMs)
  const messages = draws.chance(0.04) ? drawMessages(draws, traits.model, createdAt, lastsMs) : []
  const opening = `${draws.pick(verbs)} the ${draws.pick(things)} of the ${draws.pick(parts)}`
  const titled = draws.chance(0.9)
  return {
    ...traits,
    id,
    title: titled ? opening : null,
    titleSource: titled ? (draws.chance(0.3) ? 'person' : 'machine') : null,
    origin,
    shared: draws.chance(0.4),
    frozenBy: draws.chance(0.01) ? (origin === 'eval' ? 'evaluation' : 'user') : null,
    // In the order of their code points, as labels are stored.
    labels: [`env:${traits.environment}`, `team:${traits.team}`, `ticket:T-${draws.integer(1, ticketCount)}`],
    messageCount: messages.length || draws.integer(1, 80),
    preview: messages[0]?.content ?? (draws.chance(0.95) ? `${opening}, please.` : null),
    createdAt,
    updatedAt,
    messages,
  }
}

interface SeededMessage {
  id: string
  role: 'user' | 'assistant'
  content: string
  /** Null for what a person wrote. */
  usage: MessageUsage | null
  createdAt: Date
}

const questions = [
  'Why does this fail only on Mondays?',
  'Please make the test pass without touching the fixture.',
  'Which change made the report slow?',
  'Can you say in two sentences what this module does?',
]
const answers = [
  'The job reads the calendar of the wrong region; I changed the lookup and added a test.',
  'It passes now: the clock was read twice, so I read it once.',
  'The join lost its index in the last migration; adding it back brings the time down.',
  'It reads events, groups them by session and writes one row each. Nothing else depends on it.',
]

/** Two to eight messages of a person and a model in turn, over the time that the session lasts. */
function drawMessages(draws: Draws, model: string, startedAt: Date, lastsMs: number): SeededMessage[] {
  const count = 2 * draws.integer(1, 4)
  return Array.from({ length: count }, (_, index) => {
    const asked = index % 2 === 0
    return {
      id: draws.uuid(),
      role: asked ? 'user' : 'assistant',
      content: draws.pick(asked ? questions : answers),
      usage: asked ? null : drawUsage(draws, model),
      createdAt: new Date(startedAt.getTime() + Math.floor((lastsMs * (index + 1)) / count)),
    }
  })
}

function drawUsage(draws: Draws, model: string): MessageUsage {
  const inputTokens = draws.integer(200, 6000)
  const outputTokens = draws.integer(50, 1500)
  const price = models[model] ?? null
  return {
    inputTokens,
    outputTokens,
    cacheReadInputTokens: draws.chance(0.5) ? draws.integer(1000, 40_000) : 0,
    cacheCreationInputTokens: 0,
    costUsd: price === null ? null : (inputTokens * price.input + outputTokens * price.output) / 1_000_000,
  }
}
