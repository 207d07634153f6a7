import { defineConfig } from 'vitest/config'

/** The unit tests of the rules, for Stryker: it runs them once for each mutant. */
export default defineConfig({ test: { include: ['src/rules/**/*.test.ts'], exclude: [], pool: 'threads' } })
