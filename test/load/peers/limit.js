import { readdirSync, readFileSync } from 'node:fs'

// `node limit.js SHARE PID…` holds each process to a share of a processor until it is told to end. A process that has used
// up its share is stopped, and goes on when it has earned another slice. What it leaves unused is lost, as on a processor.
const [share, ...pids] = process.argv.slice(2).map(Number)
const sliceMs = 8
const keptMs = 16

/** Milliseconds of processor time that all threads of a process have used. */
function readUsedMs(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  const times = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'))
  return times.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e6
}

async function hold(pid) {
  let used = readUsedMs(pid)
  let at = performance.now()
  let credit = 0
  const pass = async (ms) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    const [usedNow, now] = [readUsedMs(pid), performance.now()]
    credit = Math.min(credit + share * (now - at), keptMs) - (usedNow - used)
    used = usedNow
    at = now
  }
  for (;;) {
    while (credit >= 0) await pass(Math.max(1, credit / (1 - share)))
    process.kill(pid, 'SIGSTOP')
    while (credit < sliceMs) await pass((sliceMs - credit) / share)
    process.kill(pid, 'SIGCONT')
  }
}

process.once('SIGTERM', () => {
  for (const pid of pids) process.kill(pid, 'SIGCONT')
  process.exit(0)
})
await Promise.all(pids.map(hold))
