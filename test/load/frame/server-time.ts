import { readdirSync, readFileSync } from 'node:fs'
import { administer } from '../../support/replica-world.js'

/** The process of a server on this machine that all of its others are children of. */
export async function postmasterOf(url: string): Promise<number> {
  const [row] = await administer(url, `select pid from pg_stat_activity where backend_type = 'checkpointer'`)
  return parentOf(Number(row?.pid))
}

function parentOf(pid: number): number {
  return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
}

/** Processor milliseconds that all processes of these servers have used so far, those that have ended among them. */
export function usedMs(postmasters: readonly number[]): number {
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger)
  let sum = postmasters.map(endedMs).reduce((one, other) => one + other, 0)
  for (const pid of all) {
    try {
      if (postmasters.includes(parentOf(pid)))
        sum += Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
    } catch {
      // It ended meanwhile.
    }
  }
  return sum
}

/** What children that a process has waited for have used, which Linux counts in hundredths of a second. */
function endedMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) * 10
}
