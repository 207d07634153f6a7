import { expect, onTestFinished, vi } from 'vitest'
import { log, setLogLevel } from '../../src/log.js'

/** Keeps the log silent until the test is over, and fails it for whatever is logged as an error: that is a fault of ours. */
export function expectNoLoggedErrors(): void {
  const faults = vi.spyOn(log, 'error')
  setLogLevel('silent')
  onTestFinished(() => {
    setLogLevel('warn')
    expect(faults.mock.calls).toEqual([])
  })
}
