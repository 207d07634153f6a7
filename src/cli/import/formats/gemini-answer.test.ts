import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { geminiAnswer } from './gemini-answer.js'

const id = '9e010000-0000-4000-8000-000000000077'
const tokens = { input: 70, prompt: 100, candidates: 20, total: 130, cached: 30, thoughts: 5, tool: 5 }
const small = { input: 10, prompt: 10, candidates: 2, total: 12, cached: 0, thoughts: 0, tool: 0 }
const stats = {
  models: { 'gemini-small': { api: {}, tokens: small }, 'gemini-large': { api: { totalErrors: 0 }, tokens } },
  tools: { totalCalls: 3 },
}

test('what a run prints at its end is its last answer with the usage of the run; the rest is kept', () => {
  const [session, ...others] = readWhole(
    geminiAnswer,
    [{ session_id: id, response: 'Done.', stats }],
    {},
    'object',
  )
  expect(others).toEqual([])
  expect(session).toMatchObject({
    ...{ identity: { by: 'id', id }, agent: 'gemini-cli', model: 'gemini-large' },
    metadata: { 'gemini-cli': { stats: { tools: { totalCalls: 3 } } } },
    messages: [
      {
        ...{ role: 'ASSISTANT', content: 'Done.' },
        usage: { inputTokens: 85, outputTokens: 27, cacheReadInputTokens: 30, costUsd: null },
      },
    ],
  })
})

test('an error alone is a row of the harness', () => {
  const error = { type: 'FatalInputError', message: 'No such file', code: 42 }
  expect(readWhole(geminiAnswer, [{ session_id: id, error }], {}, 'object')).toMatchObject([
    {
      messages: [
        {
          ...{ role: 'SYSTEM', content: 'No such file' },
          metadata: { 'gemini-cli': { type: 'FatalInputError', code: 42 } },
        },
      ],
    },
  ])
})

test('it is told by its stats by model', () => {
  const recognizes = (value: unknown) =>
    geminiAnswer.recognizes({ shape: 'object', values: [value], path: 'a' })
  expect(recognizes({ response: 'Hi', stats })).toBe(true)
  expect(recognizes({ session_id: id, error: { message: 'Oh' } })).toBe(true)
  for (const value of [{ response: 'Hi' }, { response: 'Hi', stats: {} }, { error: { message: 'Oh' } }, 1])
    expect(recognizes(value)).toBe(false)
})
