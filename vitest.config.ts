import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// The file that Node gives every package that imports `graphql`, so that there is one GraphQLError.
const graphql = fileURLToPath(import.meta.resolve('graphql'))

// `npm test` leaves them to `npm run test:all`.
const long = process.env.LONG_TESTS === 'false' ? ['**/*.long.test.ts'] : []

// A cluster takes no readers, which distribute.test.ts holds, and no rows past its references.
const ofOneServer =
  process.env.STORE === 'citus' ? ['test/security/readers.test.ts', 'test/security/same-ids.test.ts'] : []

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A worker keeps its modules, and with them its store, from file to file.
    isolate: false,
    setupFiles: ['test/support/seed-of-laws.ts', 'test/support/unstub.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Far more than any test takes on an idle machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Machines of CI stall at times; the report shows each test that took a second try.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'explorer/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...long],
        },
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['test/**/*.test.ts'],
          exclude: [
            ...[...long, ...ofOneServer],
            'test/load/**',
            'test/browser/**',
            'test/docs/**',
            'test/packaging/**',
            'test/clients/**',
          ],
          globalSetup: 'test/support/global-setup.ts',
        },
      },
      // They start gateways with embedded stores of their own, so one pass is enough.
      {
        extends: true,
        test: { name: 'demo', include: ['test/{browser,docs,packaging}/**/*.test.ts'] },
      },
      // Run by `npm run test:clients` alone: they install what others publish.
      {
        extends: true,
        test: {
          name: 'clients',
          include: ['test/clients/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts', 'test/clients/install/global-setup.ts'],
          testTimeout: 400_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
