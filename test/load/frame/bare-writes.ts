import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Dataset } from './load.js'

let runs = 0

/** Writes a second of the bare statement on 16 connections, from a process of its own. */
export async function writeBare(
  { url, place }: Dataset,
  write: 'upsert' | 'insert50',
  { seconds, sessionIds = [] }: { seconds: number; sessionIds?: readonly string[] },
): Promise<number> {
  runs += 1
  const child = spawn(process.execPath, ['test/load/peers/write-sql.js'], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: url, WRITE: write, SECONDS: `${seconds}`, FIRST: `${runs * 1_000_000}` },
      PLACE: JSON.stringify({ ...place, sessionIds }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${write} ended with ${code}`)
  return Number(said)
}

/** Runs work without the triggers on sessions and messages; foreign keys are checked all the same. */
export async function withoutTriggers<T>({ sql }: Dataset, work: () => Promise<T>): Promise<T> {
  const turn = async (how: 'enable' | 'disable') => {
    for (const name of ['sessions', 'messages']) await sql.query(`alter table ${name} ${how} trigger user`)
  }
  await turn('disable')
  try {
    return await work()
  } finally {
    await turn('enable')
  }
}
