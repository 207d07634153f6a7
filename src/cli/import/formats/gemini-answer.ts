import type { Format, SourcePiece } from '../format.js'
import { isObject, type SourceDefaults, type SourceMessage, type SourceUsage } from '../source.js'
import { identityOf } from './gemini-identity.js'
import { type Json, looseCount, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'

const FORMAT = 'gemini-cli'
const readMembers = new Set(['session_id', 'response', 'error'])

/** What `gemini -o json` prints of a run: its last answer, and what the whole run consumed. */
export const geminiAnswer: Format = {
  title: 'answer of gemini -o json',
  input: 'value',
  recognizes: ({ values: [first] }) => isAnswer(first),
  name: ({ value, number }) => nameOf(looseName(looseObject(value).session_id), number),
  read: ({ value, number }, defaults) => readAnswer(looseObject(value), String(number), defaults),
}

function isAnswer(value: unknown): boolean {
  if (!isObject(value) || 'type' in value) return false
  if (typeof value.response === 'string') return isObject(looseObject(value.stats).models)
  return looseName(value.session_id) !== null && isObject(value.error) && 'message' in value.error
}

function* readAnswer(value: Json, key: string, defaults: SourceDefaults): Generator<SourcePiece> {
  const id = looseName(value.session_id)
  const agent = defaults.agent ?? FORMAT
  const { models } = looseObject(value.stats)
  const model = mainModel(looseObject(models)) ?? defaults.model ?? ''
  const metadata = metadataOf(FORMAT, membersBut(value, readMembers) ?? {})
  for (const message of rowsOf(value, usageOf(looseObject(models)))) yield { key, message }
  yield {
    key,
    head: {
      name: nameOf(id, Number(key)),
      identity: id === null ? { by: 'content', beside: [FORMAT, 'answer'] } : identityOf(id, null),
      title: null,
      agent,
      model,
      origin: defaults.origin ?? 'USER',
      labels: defaults.labels,
      metadata,
    },
  }
}

function* rowsOf({ response, error }: Json, usage: SourceUsage | null): Generator<SourceMessage> {
  if (typeof response === 'string') yield { role: 'ASSISTANT', content: response, usage }
  if (!isObject(error)) return
  const { message, ...others } = error
  yield {
    ...{ role: 'SYSTEM', content: looseName(message) ?? 'Error' },
    metadata: metadataOf(FORMAT, { event: 'error', ...others }),
  }
}

/** The model that said most, as small ones choose among the others. */
function mainModel(models: Json): string | null {
  const said = Object.keys(models).map((name) => ({ name, ...tokensOf(models[name]) }))
  return said.toSorted((a, b) => b.outputTokens - a.outputTokens)[0]?.name ?? null
}

/** The prompt holds what was cached; thoughts and tokens of tools stand beside. */
function tokensOf(
  metrics: unknown,
): Pick<SourceUsage, 'inputTokens' | 'outputTokens' | 'cacheReadInputTokens'> {
  const tokens = looseObject(looseObject(metrics).tokens)
  const cached = looseCount(tokens.cached)
  return {
    inputTokens: Math.max(0, looseCount(tokens.prompt) - cached) + looseCount(tokens.tool),
    outputTokens: looseCount(tokens.candidates) + looseCount(tokens.thoughts),
    cacheReadInputTokens: cached,
  }
}

function usageOf(models: Json): SourceUsage | null {
  const all = Object.values(models).map(tokensOf)
  if (all.length === 0) return null
  const sum = (read: (tokens: ReturnType<typeof tokensOf>) => number) =>
    all.reduce((total, tokens) => total + read(tokens), 0)
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cacheReadInputTokens: sum(({ cacheReadInputTokens }) => cacheReadInputTokens),
    cacheCreationInputTokens: 0,
    costUsd: null,
  }
}
