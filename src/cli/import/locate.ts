import {
  FindCandidatesDocument,
  FindImportedDocument,
  ReadImportedDocument,
  type StoredRowFragment,
} from '../documents.generated.js'
import type { GatewayClient } from './client.js'
import { formerMessageIdAt, messageIdAt, sessionIdAt } from './identity.js'
import { Refusal } from './refusal.js'
import type { SourceIdentity } from './source.js'
import { digestRow, TranscriptDigest } from './transcript-digest.js'

/** What the gateway has of a session. */
export interface StoredSession {
  id: string
  frozen: boolean
  groupId: string | null
  /** The counter that lists show. */
  messageCount: number
  rowCount: number
  /** The last rows, in the order of their seq. */
  tail: readonly StoredRowFragment[]
}

export interface Place {
  organization: string
  workspace: string
}

/** What a file tells of a session's rows: how many, their digests, and the ids of those that have one of their own. */
export interface KnownRows {
  digest: TranscriptDigest
  /** Digest of the first row alone; empty without rows. */
  first: string
  ownIds: ReadonlyMap<number, string>
}

/** How many of the last rows are read to tell whether the file continues them. */
const TAIL_ROWS = 20

/** The session of this id as the gateway has it; null when the key sees none. */
export async function findStored(
  client: GatewayClient,
  place: Place,
  id: string,
): Promise<StoredSession | null> {
  try {
    const { data } = await client.execute(FindImportedDocument, { ...place, id, last: TAIL_ROWS })
    const { session } = data.workspace
    return {
      id,
      frozen: session.frozenAt !== null,
      groupId: session.groupId,
      messageCount: session.messageCount,
      rowCount: session.usage.totalMessageCount,
      tail: session.transcript.edges.map(({ node }) => node),
    }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** The id that the row with this index has, or gets, in a session. */
export function rowIdAt({ digest, ownIds }: KnownRows, sessionId: string, index: number): string {
  return ownIds.get(index) ?? messageIdAt(sessionId, index, digest.at(index))
}

/** A digest of what is stored as a row. */
export function digestStored({ role, content, toolCallId, toolCalls }: StoredRowFragment): string {
  return digestRow({
    ...{ role, content, toolCallId },
    toolCalls:
      toolCalls?.map(({ callId: id, name, arguments: text }) => ({ id, name, arguments: text })) ?? null,
  })
}

/** Digests of all rows that are stored of a session, by their seq. */
export async function readStoredDigest(
  client: GatewayClient,
  place: Place,
  id: string,
): Promise<TranscriptDigest> {
  const digest = new TranscriptDigest()
  for (let after: string | null = null; ; ) {
    const variables: { organization: string; workspace: string; id: string; after: string | null } = {
      ...place,
      id,
      after,
    }
    const { data } = await client.execute(ReadImportedDocument, variables)
    const { edges, pageInfo } = data.workspace.session.transcript
    for (const { node } of edges) digest.add(digestStored(node))
    if (!pageInfo.hasNextPage) return digest
    after = pageInfo.endCursor
  }
}

interface Candidate {
  id: string
  rowCount: number
  /** Uuid of the last row, of which the seq tells whether rows are missing before it. */
  last: { uuid: string; seq: number } | null
}

/** What one import knows of sessions that nothing but their content tells apart. */
export interface ContentIndex {
  /** The session that is meant, and whether it is there; `claim` names who asks. */
  find(
    rows: KnownRows,
    identity: Extract<SourceIdentity, { by: 'content' }>,
    claim: string,
  ): Promise<{ id: string; isThere: boolean }>
}

/** How many candidates are asked for at once: most files have none, those of benchmarks many. */
const CHAIN_STEPS = [1, 4, 20]

/**
 * Sessions without an id of their own, found by their content: those that begin with the same row are candidates, and the
 * one whose whole stored transcript the file continues is meant. A session that the same import found for another file's
 * is none.
 */
export function createContentIndex(
  client: GatewayClient,
  place: Place,
  organizationId: string,
): ContentIndex {
  const { organization, workspace } = place
  const chains = new Map<string, Promise<Candidate[]>>()
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
    const digest = await readStoredDigest(client, place, id)
    return digest.at(digest.length - 1) === rows.digest.at(digest.length - 1) ? id : null
  }

  return {
    async find(rows, { beside, formerly }, claim) {
      const key = [...beside, rows.first]
      const text = JSON.stringify(key)
      const loading = chains.get(text) ?? loadChain(key)
      chains.set(text, loading)
      const [candidates, former] = await Promise.all([loading, findFormer(formerly, rows)])
      const id = choose(candidates, former, rows, (candidate) => {
        const claimed = claims.get(candidate)
        return claimed === undefined || claimed === claim
      })
      const chosen = id ?? idAt(key, candidates.length)
      // Later sessions of this import see what this one will hold.
      const known = candidates.find((candidate) => candidate.id === chosen)
      const { length } = rows.digest
      const last = length === 0 ? null : { uuid: rowIdAt(rows, chosen, length - 1), seq: length - 1 }
      if (known !== undefined) Object.assign(known, { rowCount: length, last })
      else if (id === null) candidates.push({ id: chosen, rowCount: length, last })
      claims.set(chosen, claim)
      return { id: chosen, isThere: id !== null }
    },
  }
}

/** The candidate that is meant; null for none. Throws where several may be. */
function choose(
  candidates: readonly Candidate[],
  former: string | null,
  rows: KnownRows,
  isFree: (id: string) => boolean,
): string | null {
  const { length } = rows.digest
  const begun = candidates.filter((candidate) => isBeginning(candidate, rows))
  const same = begun.filter(({ rowCount }) => rowCount === length)
  const exact = same.find(({ id }) => isFree(id)) ?? same[0]
  if (exact !== undefined) return exact.id
  const meant = begun.filter(({ id, rowCount }) => rowCount > 0 && isFree(id)).map(({ id }) => id)
  if (former !== null && isFree(former)) meant.push(former)
  if (meant.length > 1)
    throw new Refusal(
      `it has no id, and continues ${meant.length} sessions alike (${meant.slice(0, 3).join(', ')}); an id of its own in the file would tell which is meant`,
    )
  return meant[0] ?? begun.find(({ id, rowCount }) => rowCount === 0 && isFree(id))?.id ?? null
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
  const globalIds = ids.map((id) => Buffer.from(`Session:${organizationId}/${id}`).toString('base64'))
  const { data } = await client.execute(FindCandidatesDocument, { ids: globalIds })
  return data.nodes.map((node) => {
    if (node === null || !('uuid' in node)) return null
    const [edge] = node.transcript.edges
    return { id: node.uuid, rowCount: node.usage.totalMessageCount, last: edge?.node ?? null }
  })
}

/** Whether a row that is stored has the id that earlier versions gave it. */
export function isFormerRow(sessionId: string, row: StoredRowFragment): boolean {
  return row.uuid === formerMessageIdAt(sessionId, row.seq)
}
