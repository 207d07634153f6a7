import type { ActName } from '../../domain/audit/acts.js'
import {
  AuditForTerminalDocument,
  type AuditForTerminalQuery,
  type AuditForTerminalQueryVariables,
} from '../documents.generated.js'
import { connect, type GatewayFlags, untilInterrupted } from '../gateway/connect.js'
import { formatTable } from '../table.js'
import { cut, jsonLineOf, plain, print } from '../terminal-text.js'

type Entry = NonNullable<AuditForTerminalQuery['organization']>['auditEntries']['edges'][number]['node']

interface AuditFlags extends GatewayFlags {
  user?: string
  keyPrefix?: string
  act?: ActName[]
  subject?: string
  outcome?: 'done' | 'refused'
  since?: Date
  until?: Date
  limit: number
  json?: boolean
}

const MAX_PAGE = 200

/** Prints entries of the audit as a table, or as JSON Lines. */
export async function listAudit(flags: AuditFlags): Promise<void> {
  const entries = await untilInterrupted((signal) => readEntries(flags, signal))
  if (flags.json) {
    for (const entry of entries) print(jsonLineOf(entry))
    return
  }
  if (entries.length === 0) {
    print('No entries.\n')
    return
  }
  const head = ['at', 'who', 'key', 'act', 'outcome', 'what', 'workspace', 'face', 'address']
  print(formatTable([head, ...entries.map(toCells)]))
}

async function readEntries(flags: AuditFlags, signal: AbortSignal): Promise<Entry[]> {
  const { client, workspaceRef } = await connect('audit list', flags, signal, { guessesKey: true })
  const { organization } = workspaceRef
  const entries: Entry[] = []
  for (let after: string | null = null; ; ) {
    const first = Math.min(MAX_PAGE, flags.limit - entries.length)
    const variables: AuditForTerminalQueryVariables = { organization, filter: filterOf(flags), first, after }
    const { data }: { data: AuditForTerminalQuery } = await client.execute(
      AuditForTerminalDocument,
      variables,
    )
    const { edges, pageInfo } = data.organization.auditEntries
    entries.push(...edges.map(({ node }) => node))
    if (entries.length >= flags.limit || !pageInfo.hasNextPage) return entries
    after = pageInfo.endCursor
  }
}

function filterOf(flags: AuditFlags): AuditForTerminalQueryVariables['filter'] {
  const { user, keyPrefix, act, subject, outcome, since, until } = flags
  type Act = NonNullable<AuditForTerminalQueryVariables['filter']['acts']>[number]
  return {
    ...(user === undefined ? {} : { userId: user }),
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    ...(act === undefined ? {} : { acts: act.map((name) => name.toUpperCase() as Act) }),
    ...(subject === undefined ? {} : { subjectId: subject }),
    ...(outcome === undefined ? {} : { outcome: outcome === 'done' ? 'DONE' : 'REFUSED' }),
    ...(since === undefined ? {} : { since: since.toISOString() }),
    ...(until === undefined ? {} : { until: until.toISOString() }),
  }
}

function toCells(entry: Entry): string[] {
  const { at, user, userUuid, keyPrefix, act, outcome, code, workspace, face, address } = entry
  return [
    new Date(at).toISOString().slice(0, 19).replace('T', ' '),
    user === null ? (userUuid ?? '-') : cut(plain(user.login), 24),
    keyPrefix ?? '-',
    act.toLowerCase(),
    code === null ? outcome.toLowerCase() : `${outcome.toLowerCase()} (${code})`,
    entry.subjectUuid ?? (entry.subjectName === null ? '-' : cut(plain(entry.subjectName), 36)),
    workspace?.slug ?? '-',
    face.toLowerCase(),
    address ?? '-',
  ]
}
