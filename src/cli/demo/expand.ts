import { createHash } from 'node:crypto'
import type { MessageInput, MessageUsage } from '../../domain/transcript/message.js'
import { prices, systemPrompts } from './agents.js'
import type { Scenario, Turn } from './scenario.js'
import { demoId } from './tenant.js'

const dayMs = 86_400_000

export interface ExpandedScenario extends Scenario {
  id: string
  startedAt: Date
  messages: readonly (MessageInput & { id: string; at: Date })[]
  /** When the last message came; the start when there is none. */
  endedAt: Date
}

/** A scenario with its ids, messages, usage and times; nothing but the times depends on when it is made. */
export function expand(scenario: Scenario, path: string, now: Date): ExpandedScenario {
  const id = demoId(`session/${path}`)
  const rows = scenario.turns.flatMap((turn, index) => toMessages(turn, `${path}/${index}`))
  const offsets = tellTimes(rows, id)
  const lastMs = offsets.at(-1) ?? 0
  const startMs = now.getTime() - Math.max(scenario.daysAgo * dayMs, lastMs + 60_000)
  const usages = countUsage(rows, scenario)
  const messages = rows.map((row, index) => ({
    ...row,
    id: demoId(`message/${id}/${index}`),
    usage: usages[index] ?? null,
    at: new Date(startMs + (offsets[index] ?? 0)),
  }))
  return { ...scenario, id, messages, startedAt: new Date(startMs), endedAt: new Date(startMs + lastMs) }
}

function toMessages(turn: Turn, path: string): MessageInput[] {
  if (turn.role !== 'calls') return [{ role: turn.role, content: turn.text }]
  const made = turn.calls.map((one, index) => ({ ...one, id: `call_${digits(`${path}/${index}`, 24)}` }))
  const toolCalls = made.map(({ id, name, args }) => ({ id, name, arguments: JSON.stringify(args) }))
  return [
    { role: 'assistant', content: turn.text, toolCalls },
    ...made.map(({ id, name, result, isError }) => ({
      role: 'tool' as const,
      content: result,
      toolCallId: id,
      ...(isError && { isError }),
      metadata: { name },
    })),
  ]
}

/** Milliseconds after the start: people think for minutes, agents for seconds, tools hardly. */
function tellTimes(messages: readonly MessageInput[], seed: string): number[] {
  const paceMs = { user: 90_000, assistant: 9000, tool: 1500, system: 0 }
  let passed = 0
  return messages.map(({ role }, index) => {
    const share = Number.parseInt(digits(`${seed}/${index}`, 4), 16) / 0xffff
    if (index > 0) passed += Math.round(paceMs[role] * (0.3 + 1.7 * share))
    return passed
  })
}

/** Four characters a token; what was sent before comes from the cache. */
function countUsage(messages: readonly MessageInput[], { agent, model }: Scenario): (MessageUsage | null)[] {
  let cached = 0
  let fresh = 900 + tokensOf(systemPrompts[agent ?? ''] ?? '')
  return messages.map((message) => {
    const size = tokensOf(message.content) + tokensOf(JSON.stringify(message.toolCalls ?? ''))
    if (message.role !== 'assistant') {
      fresh += size
      return null
    }
    const tokens = {
      inputTokens: fresh,
      // Agents think before they speak.
      outputTokens: size * 2 + 60,
      cacheReadInputTokens: cached,
      cacheCreationInputTokens: model.startsWith('claude') ? fresh : 0,
    }
    cached += fresh
    fresh = size
    return { ...tokens, costUsd: costOf(model, tokens) }
  })
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / 4)
}

function costOf(model: string, usage: Omit<MessageUsage, 'costUsd'>): number | null {
  const price = prices[model]
  if (price === undefined) return null
  const dollars =
    usage.inputTokens * price.input +
    usage.outputTokens * price.output +
    usage.cacheReadInputTokens * price.cacheRead +
    usage.cacheCreationInputTokens * price.cacheCreation
  return Math.round(dollars) / 1_000_000
}

function digits(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}
