import type { Role } from '../../db/sql.js'
import { roleRank } from '../../rules/role.js'
import { isSlug } from '../../rules/slug.js'

/** A row of the table of roles: whoever has this value of a claim gets the role in the workspace. */
export interface Grant {
  claim: string
  /** `*` is any value. */
  value: string
  organization: string
  workspace: string
  role: Role
}

const row =
  /^(?<claim>.+):(?<value>[^:]+)=(?<organization>[^/]+)\/(?<workspace>[^:]+):(?<role>read|write|admin)$/

/** Reads rows such as `groups:devs=acme/main:write`, separated by commas; undefined where one is none. */
export function parseGrants(text: string): Grant[] | undefined {
  const grants = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(parseGrant)
  return grants.every((grant) => grant !== null) ? grants : undefined
}

function parseGrant(text: string): Grant | null {
  const {
    claim = '',
    value = '',
    organization = '',
    workspace = '',
    role = '',
  } = row.exec(text)?.groups ?? {}
  if (!isSlug(organization) || !isSlug(workspace)) return null
  return { claim, value, organization, workspace, role: role.toUpperCase() as Role }
}

/** The rows that these claims meet, in the order of the table: of several for one workspace, the one of the highest role. */
export function grantsOf(claims: Readonly<Record<string, unknown>>, table: readonly Grant[]): Grant[] {
  const best = new Map<string, Grant>()
  for (const grant of table) {
    if (!meets(claims, grant)) continue
    const workspace = `${grant.organization}/${grant.workspace}`
    const before = best.get(workspace)
    if (before === undefined || roleRank[grant.role] > roleRank[before.role]) best.set(workspace, grant)
  }
  return [...best.values()]
}

function meets(claims: Readonly<Record<string, unknown>>, { claim, value }: Grant): boolean {
  const found = [findClaim(claims, claim)].flat()
  return found.some((one) => isPlain(one) && (value === '*' || String(one) === value))
}

/** A claim by its name, or by a path with dots, such as Keycloak's `realm_access.roles`. */
function findClaim(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  let found: unknown = claims
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined
    found = (found as Record<string, unknown>)[part]
  }
  return found
}

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value)
