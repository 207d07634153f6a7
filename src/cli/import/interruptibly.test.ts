import { expect, test } from 'vitest'
import { eachInterruptibly, interruptibly } from './interruptibly.js'

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a %s that came just before is heard, and nothing is done',
  async (signal) => {
    let done = 0
    const work = () => {
      done += 1
      return done
    }
    const listeners = process.listenerCount(signal)
    process.once(signal, () => {})
    process.kill(process.pid, signal)
    await expect(interruptibly(work)).rejects.toThrow('Interrupted.')
    process.once(signal, () => {})
    process.kill(process.pid, signal)
    await expect(eachInterruptibly([1], true).next()).rejects.toThrow('Interrupted.')
    expect(done).toBe(0)
    expect(await interruptibly(work)).toBe(1)
    expect(process.listenerCount(signal)).toBe(listeners)
  },
)
