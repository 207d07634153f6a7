import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { killOnExit } from '../frame/server.js'

/** What a command took. */
export interface MeasuredRun {
  code: number
  stdout: string
  stderr: string
  seconds: number
  /** Of its processor, of all its threads. */
  processorSeconds: number
  /** The most memory that it had at once. */
  peakMb: number
}

const LOOK_EVERY_MS = 50
const TICKS_A_SECOND = 100

/** Runs the built command line with a heap of a size; looks at its memory and its processor time while it runs. */
export async function runMeasured(args: readonly string[], heapMb: number | null): Promise<MeasuredRun> {
  const startedAt = performance.now()
  const heap = heapMb === null ? [] : [`--max-old-space-size=${heapMb}`]
  const child = spawn(process.execPath, [...heap, 'dist/main.js', ...args], {
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  killOnExit(child)
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      said[name] += chunk
    })
  let [peakMb, processorSeconds] = [0, 0]
  const look = setInterval(() => {
    try {
      const of = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8')
      peakMb = Math.max(peakMb, Number(/^VmHWM:\s+(\d+)/m.exec(of('status'))?.[1] ?? 0) / 1024)
      const times = of('stat').split(') ')[1]?.split(' ') ?? []
      processorSeconds = (Number(times[11]) + Number(times[12])) / TICKS_A_SECOND
    } catch {
      // It has just ended.
    }
  }, LOOK_EVERY_MS)
  const [code] = await once(child, 'close')
  clearInterval(look)
  return { code, ...said, seconds: (performance.now() - startedAt) / 1000, processorSeconds, peakMb }
}
