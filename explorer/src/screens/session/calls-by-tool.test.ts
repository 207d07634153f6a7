import { expect, test } from 'vitest'
import { callsByTool } from './calls-by-tool'
import type { OutlineRow } from './use-outline'

const call = (callId: string, name: string) =>
  ({ calls: [{ callId, name }], toolCallId: null, isError: null }) as unknown as OutlineRow
const result = (toolCallId: string, isError: boolean | null) =>
  ({ calls: [] as OutlineRow['calls'], toolCallId, isError }) as OutlineRow

test('each tool has its calls and how many of them failed; what fails most comes first', () => {
  const rows = [
    ...[call('1', 'read'), result('1', false), call('2', 'read'), result('2', null)],
    ...[call('3', 'shell'), result('3', true), call('4', 'shell')],
  ]
  expect(callsByTool(rows)).toEqual([
    { name: 'shell', calls: 2, failed: 1 },
    { name: 'read', calls: 2, failed: 0 },
  ])
})
