import { afterAll, vi } from 'vitest'

// What the last test of a file has set would be found by the next file, which has the same process.
afterAll(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})
