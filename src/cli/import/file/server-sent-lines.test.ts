import { expect, test } from 'vitest'
import { dataOfEvent } from './server-sent-lines.js'

test.each([
  ['data: {"a":1}\r', ' {"a":1}'],
  ['data:{"a":1}', '{"a":1}'],
  ['event: response.created', null],
  ['id: 7', null],
  ['retry: 100', null],
  [': keep-alive', null],
  ['data: [DONE]', null],
  ['data:', null],
  ['{"data":1}', undefined],
  ['database: x', undefined],
])('%j carries %j', (line, data) => {
  expect(dataOfEvent(line)).toBe(data)
})
