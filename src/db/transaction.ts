import type pg from 'pg'

/**
 * Runs work in a transaction on a connection of its own, undone when it throws. A connection that breaks, or whose
 * transaction cannot be ended, is not used again.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (connection: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const connection = await pool.connect()
  let fault: Error | undefined
  const noteFault = (error: Error) => {
    fault = error
  }
  // A connection in use tells by this event, too, that it broke; unheard it would end the process.
  connection.on('error', noteFault)
  try {
    await connection.query('begin')
    const result = await work(connection)
    await connection.query('commit')
    return result
  } catch (error) {
    await connection.query('rollback').catch(noteFault)
    throw error
  } finally {
    connection.off('error', noteFault)
    connection.release(fault)
  }
}
