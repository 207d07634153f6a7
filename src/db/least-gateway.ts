import { type Db, sql } from './sql.js'

/** A gateway that is older than the store works with; its message is one sentence for the operator. */
export class GatewayTooOld extends Error {
  override name = 'GatewayTooOld'
}

/**
 * Refuses a gateway of a version below the least one that the store names. A migration that older gateways cannot
 * work beside raises it, in its own script.
 * @throws {GatewayTooOld}
 */
export async function requireGateway(db: Db, version: string): Promise<void> {
  const [table] = await db.$queryRaw<{ present: boolean }[]>(
    sql`select to_regclass('least_gateway') is not null as present`,
  )
  if (!table?.present) return
  const [row] = await db.$queryRaw<{ version: string }[]>(sql`select version from least_gateway`)
  if (row !== undefined && isBelow(version, row.version))
    throw new GatewayTooOld(
      `The store works with session-gateway ${row.version} and newer, and this is ${version}.`,
    )
}

/** Whether one version such as 1.20.3 comes before another. */
export function isBelow(version: string, least: string): boolean {
  const [own, other] = [numbersOf(version), numbersOf(least)]
  const differing = other.findIndex((number, index) => number !== (own[index] ?? 0))
  return differing >= 0 && (own[differing] ?? 0) < (other[differing] ?? 0)
}

/** Of a pre-release, those that it precedes. */
function numbersOf(version: string): number[] {
  return (version.split('-')[0] ?? '').split('.').map(Number)
}
