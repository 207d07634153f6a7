import { expect, test } from 'vitest'
import { foreignJson } from './foreign-json.js'

test.each<[string, unknown, RegExp | null]>([
  ['logs of OpenTelemetry', { resourceLogs: [{ scopeLogs: [] }] }, /^logs of OpenTelemetry; .*spans/],
  ['metrics of OpenTelemetry', { resourceMetrics: [] }, /^metrics of OpenTelemetry/],
  ['what ChatGPT exports', { title: 'a', mapping: { x: {} }, current_node: 'x' }, /ChatGPT/],
  ['what claude.ai exports', { uuid: 'a', name: 'b', chat_messages: [] }, /claude\.ai/],
  ['an answer of the Gemini API', { candidates: [{ content: { parts: [] } }] }, /Gemini API/],
  ['a notebook', { cells: [], nbformat: 4 }, /Jupyter/],
  ['candidates of an election', { candidates: ['Ada'] }, null],
  ['other JSON', { name: 'a', version: '1.0.0' }, null],
  ['a list of numbers', 7, null],
])('tells %s by its first value', (_name, value, expected) => {
  const found = foreignJson({ shape: 'array', values: [value], path: 'a.json' })
  if (expected === null) expect(found).toBeNull()
  else expect(found).toMatch(expected)
})
