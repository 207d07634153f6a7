import type { MessageUsage } from '../../domain/transcript/message.js'
import type { Draws } from './draws.js'
import { models } from './world.js'

export interface SeededMessage {
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
export function drawMessages(draws: Draws, model: string, startedAt: Date, lastsMs: number): SeededMessage[] {
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
