import { expect, test } from 'vitest'
import { inWork, Work, WorkOver } from '../work.js'
import { Slices } from './slices.js'

test("work in slices ends with its request, and what is nobody's goes on", async () => {
  const work = new Work()
  const slices = new Slices()
  let passes = 0
  const counting = inWork(work, async () => {
    for (;;) {
      passes++
      await slices.rest()
    }
  })
  await slices.rest()
  work.end()
  await expect(counting).rejects.toBeInstanceOf(WorkOver)
  const counted = passes
  await slices.rest()
  expect(passes).toBe(counted)
})
