import type { Lend, Lent } from './lending.js'

/** Runs work in a transaction on a connection of its own, undone when it throws or its request is over before the end. */
export function inTransaction<Result>(
  lend: Lend,
  work: (connection: Lent) => Promise<Result>,
): Promise<Result> {
  return lend(async (connection) => {
    await connection.run({ text: 'begin' })
    let result: Result
    try {
      result = await work(connection)
      // Whose request is over writes nothing; what is being committed is not cancelled, and so is whole.
      connection.check()
    } catch (error) {
      await connection.runToEnd('rollback').catch(() => {})
      throw error
    }
    await connection.runToEnd('commit')
    return result
  })
}
