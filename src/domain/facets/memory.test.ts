import { expect, test } from 'vitest'
import { createFacetMemory } from './memory.js'

test('long filters take up more of what is remembered, so that callers cannot fill a process with them', () => {
  const memory = createFacetMemory()
  for (let index = 0; index < 150; index++)
    memory.set(`${index}`.padEnd(100_000, 'x'), { pages: [], version: 'v' })
  expect(memory.size).toBe(100)
})
