import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { globalIdOf } from '../../rules/global-id.js'
import { FindCandidatesDocument, FindRowsAtDocument } from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import { sessionIdAt } from './identity.js'
import { digestAll, type KnownRows, readStored, rowIdAt } from './locate.js'
import type { SourceIdentity } from './source.js'

interface Candidate {
  id: string
  rowCount: number
  /** Uuid of the last row, of which the seq tells whether rows are missing before it. */
  last: { uuid: string; seq: number } | null
  /** What it will hold once this import has written it, where this import did. */
  rows?: KnownRows
}

/** Who asks for a session: a session of a file, by its name there. */
export interface Claim {
  file: string
  name: string
}

/** The session that is meant. */
export interface FoundByContent {
  id: string
  isThere: boolean
  /** Whether it holds all of the file's, and more: an older copy of it. */
  isContained: boolean
}

/** What one import knows of sessions that nothing but their content tells apart. */
export interface ContentIndex {
  find(
    rows: KnownRows,
    identity: Extract<SourceIdentity, { by: 'content' }>,
    claim: Claim,
  ): Promise<FoundByContent>
}

/** How many candidates are asked for at once: most files have none, those of benchmarks many. */
const CHAIN_STEPS = [1, 4, 20]
const MAX_NODES = 20

/**
 * Finds sessions without an id of their own by content: of those that begin with the same row, the one that holds the file's rows,
 * else the one whose whole stored transcript the file continues. Two sessions of one file are never one.
 */
export function createContentIndex(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  organizationId: string,
): ContentIndex {
  const { organization, workspace } = workspaceRef
  const chains = new Map<string, Promise<Candidate[]>>()
  /** By session and file: the session of that file which it was found for. */
  const claims = new Map<string, string>()

  const idAt = (key: readonly string[], number: number) =>
    sessionIdAt(organization, workspace, ['content', ...key, String(number)])

  async function loadChain(key: readonly string[]): Promise<Candidate[]> {
    const found: Candidate[] = []
    for (let step = 0; ; step++) {
      const count = CHAIN_STEPS[step] ?? CHAIN_STEPS.at(-1) ?? 1
      const ids = Array.from({ length: count }, (_, index) => idAt(key, found.length + index))
      const stored = await findCandidates(client, organizationId, ids)
      const missing = stored.indexOf(null)
      for (const candidate of missing === -1 ? stored : stored.slice(0, missing))
        if (candidate !== null) found.push(candidate)
      if (missing !== -1) return found
    }
  }

  async function findFormer(formerly: readonly string[] | undefined, rows: KnownRows) {
    if (formerly === undefined) return null
    const id = sessionIdAt(organization, workspace, formerly)
    const [stored] = await findCandidates(client, organizationId, [id])
    if (stored == null || stored.rowCount === 0 || stored.rowCount > rows.digest.length) return null
    const digest = await digestAll(readStored(client, workspaceRef, id))
    return digest.at(digest.length - 1) === rows.digest.at(digest.length - 1) ? id : null
  }

  /** The first that holds all of the file's rows and more. */
  async function findContaining(candidates: readonly Candidate[], rows: KnownRows): Promise<string | null> {
    const { length } = rows.digest
    const longer = length === 0 ? [] : candidates.filter(({ rowCount }) => rowCount > length)
    const seen = longer.find((one) => one.rows?.digest.at(length - 1) === rows.digest.at(length - 1))
    if (seen !== undefined) return seen.id
    const stored = longer.filter((one) => one.rows === undefined).map(({ id }) => id)
    for (let from = 0; from < stored.length; from += MAX_NODES) {
      const ids = stored.slice(from, from + MAX_NODES)
      const uuids = await findRowsAt(client, organizationId, ids, length - 1)
      const found = ids.find((id, index) => uuids[index] === rowIdAt(rows, id, length - 1))
      if (found !== undefined) return found
    }
    return null
  }

  return {
    async find(rows, { beside, formerly }, { file, name }) {
      const key = [...beside, rows.first]
      const text = JSON.stringify(key)
      const loading = chains.get(text) ?? loadChain(key)
      chains.set(text, loading)
      const [candidates, former] = await Promise.all([loading, findFormer(formerly, rows)])
      const claimOf = (id: string) => `${id} ${file}`
      const isFree = (id: string) => (claims.get(claimOf(id)) ?? name) === name
      const free = candidates.filter(({ id }) => isFree(id))
      const same = candidates.filter((candidate) => isSame(candidate, rows))
      const exact = same.find(({ id }) => isFree(id)) ?? same[0]
      const containing = exact === undefined ? await findContaining(free, rows) : null
      if (containing !== null) {
        claims.set(claimOf(containing), name)
        return { id: containing, isThere: true, isContained: true }
      }
      const id = exact?.id ?? chooseContinued(free, former !== null && isFree(former) ? former : null, rows)
      const chosen = id ?? idAt(key, candidates.length)
      // Later sessions of this import see what this one will hold.
      const seen = candidates.find((candidate) => candidate.id === chosen)
      const { length } = rows.digest
      const last = length === 0 ? null : { uuid: rowIdAt(rows, chosen, length - 1), seq: length - 1 }
      const held = { rowCount: length, last, rows }
      if (seen !== undefined) Object.assign(seen, held)
      else if (id === null) candidates.push({ id: chosen, ...held })
      claims.set(claimOf(chosen), name)
      return { id: chosen, isThere: id !== null, isContained: false }
    },
  }
}

/** The session that the file continues; null for none. Throws where several may be meant. */
function chooseContinued(
  candidates: readonly Candidate[],
  former: string | null,
  rows: KnownRows,
): string | null {
  const begun = candidates.filter((candidate) => isBeginning(candidate, rows))
  const meant = begun.filter(({ rowCount }) => rowCount > 0).map(({ id }) => id)
  if (former !== null) meant.push(former)
  if (meant.length > 1)
    throw new Refusal(
      `it has no id, and continues ${meant.length} sessions alike (${meant.slice(0, 3).join(', ')}); an id of its own in the file would tell which is meant`,
    )
  return meant[0] ?? begun.find(({ rowCount }) => rowCount === 0)?.id ?? null
}

/** Whether what is stored is what the file holds. */
function isSame(candidate: Candidate, rows: KnownRows): boolean {
  return candidate.rowCount === rows.digest.length && isBeginning(candidate, rows)
}

/** Whether what is stored is a beginning of the file's session, as a whole. */
function isBeginning({ id, rowCount, last }: Candidate, rows: KnownRows): boolean {
  if (rowCount === 0) return true
  if (rowCount > rows.digest.length || last?.seq !== rowCount - 1) return false
  return last.uuid === rowIdAt(rows, id, rowCount - 1)
}

async function findCandidates(
  client: GatewayClient,
  organizationId: string,
  ids: readonly string[],
): Promise<(Candidate | null)[]> {
  const { data } = await client.execute(FindCandidatesDocument, {
    ids: ids.map((id) => globalIdOf('Session', organizationId, id)),
  })
  return data.nodes.map((node) => {
    if (node === null || !('uuid' in node)) return null
    const [edge] = node.transcript.edges
    return { id: node.uuid, rowCount: node.usage.totalMessageCount, last: edge?.node ?? null }
  })
}

/** The uuids of the rows of this seq, session by session; null where there is none. */
async function findRowsAt(
  client: GatewayClient,
  organizationId: string,
  ids: readonly string[],
  seq: number,
): Promise<(string | null)[]> {
  const { data } = await client.execute(FindRowsAtDocument, {
    ids: ids.map((id) => globalIdOf('Message', organizationId, id, String(seq))),
  })
  return data.nodes.map((node) => (node !== null && 'uuid' in node ? node.uuid : null))
}
