import pg from 'pg'
import { expect, test } from 'vitest'
import { againWhenUndone, NoLongerHeld } from './undone.js'

function refusal(code: string, message: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code })
}

/** How often work is tried that fails with an error at first. */
async function triesAfter(error: Error): Promise<number> {
  let tries = 0
  await againWhenUndone(async () => {
    if (++tries === 1) throw error
  }).catch(() => {})
  return tries
}

test.each([
  refusal('40P01', 'deadlock detected'),
  refusal('CIINF', 'could not open file of an intermediate result'),
  refusal('XX000', 'cannot execute a distributed query from a query on a shard'),
  new NoLongerHeld('it moved'),
])('%s is done again', async (error) => {
  expect(await triesAfter(error)).toBe(2)
})

test.each([refusal('XX000', 'could not find a plan'), refusal('23505', 'duplicate key'), new Error('a bug')])(
  '%s is not',
  async (error) => {
    expect(await triesAfter(error)).toBe(1)
  },
)
