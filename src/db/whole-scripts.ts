import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/**
 * Sends a migration's script whole, so that it is one transaction and may declare functions.
 * The packages cut it at every semicolon, or do not wait for its end.
 */
export function withWholeScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
  run: (script: string) => Promise<unknown>,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      adapter.executeScript = async (script) => void (await run(script))
      return adapter
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}
