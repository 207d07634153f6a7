import { defineConfig } from 'vitest/config'

/** The unit tests of the domain, for Stryker: it runs them once for each mutant. */
export default defineConfig({
  test: { include: ['src/domain/**/*.test.ts'], exclude: [], pool: 'threads', testTimeout: 60_000 },
})
