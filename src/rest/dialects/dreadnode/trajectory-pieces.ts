import type { Execute } from '../../route.js'
import {
  ExportMessagesDocument,
  type ExportMessagesQuery,
  type ExportMessagesQueryVariables,
  ExportTrajectoryDocument,
  type ExportTrajectoryQuery,
  type ExportTrajectoryQueryVariables,
  ReadSessionDocument,
  type TrajectoryFormat,
} from './documents.generated.js'
import { toSession } from './shapes.js'
import { toMessage } from './transcript-shapes.js'

/** Rows of a transcript a piece; each may hold a megabyte. */
const ROWS = 250

/** A session to export, as GraphQL takes it, and how. */
interface Exported {
  session: { organization: string; workspace: string; id: string }
  format: 'atif' | 'openai' | 'native'
  includeCompacted: boolean
  /** For whoever wants all that is kept, beyond what the contract has; null for the contract's documents. */
  extended?: {
    /** More members of the session. */
    session: Record<string, unknown>
    /** Hears kinds of what the format has no room for. */
    onLeftOut(kinds: readonly string[]): void
  }
}

/** The JSON of an export, a page of the transcript a piece (contract 7). */
export function exportPieces(execute: Execute, exported: Exported): AsyncIterable<string> {
  return formats[exported.format](execute, exported)
}

const formats = { atif: atifPieces, openai: chatPieces, native: nativePieces }

async function* atifPieces(execute: Execute, exported: Exported): AsyncGenerator<string> {
  let document = {}
  yield* listPieces('{"steps":', trajectoryPages(execute, 'ATIF', exported), (page) => {
    document = page.document ?? document
    return page.items
  })
  const { extended } = exported
  if (extended !== undefined) {
    const { extra } = document as { extra?: object }
    document = { ...document, extra: { ...extra, ...extended.session } }
  }
  yield `,${JSON.stringify(document).slice(1)}`
}

function chatPieces(execute: Execute, exported: Exported): AsyncGenerator<string> {
  return listPieces('', trajectoryPages(execute, 'CHAT', exported), ({ items }) => items)
}

async function* nativePieces(execute: Execute, exported: Exported): AsyncGenerator<string> {
  const { workspace } = await execute(ReadSessionDocument, exported.session)
  const session = { ...toSession(workspace.session), ...exported.extended?.session }
  const head = `{"session":${JSON.stringify(session)},"messages":`
  if (exported.extended !== undefined)
    yield* listPieces(head, trajectoryPages(execute, 'ROWS', exported), ({ items }) => items)
  else
    yield* listPieces(head, messagePages(execute, exported), ({ edges }) =>
      edges.map(({ node }) => toMessage(node)),
    )
  yield ',"events":[]}'
}

/** A JSON list in pieces, one a page; the first waits for its page, so that a failure comes before it. */
async function* listPieces<Page>(
  head: string,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly unknown[],
): AsyncGenerator<string> {
  let before = `${head}[`
  for await (const page of pages) {
    const items = itemsOf(page)
    if (items.length === 0) continue
    yield before + items.map((item) => JSON.stringify(item)).join(',')
    before = ','
  }
  yield before === ',' ? ']' : `${before}]`
}

async function* trajectoryPages(execute: Execute, format: TrajectoryFormat, exported: Exported) {
  const { session, includeCompacted, extended } = exported
  for (let after: string | null = null; ; ) {
    const variables: ExportTrajectoryQueryVariables = {
      ...session,
      format,
      includeCompacted,
      extended: extended !== undefined,
      first: ROWS,
      after,
    }
    const { workspace }: ExportTrajectoryQuery = await execute(ExportTrajectoryDocument, variables)
    const { trajectory } = workspace.session
    extended?.onLeftOut(trajectory.leftOut)
    yield trajectory
    if (!trajectory.hasNextPage) return
    after = trajectory.endCursor
  }
}

async function* messagePages(execute: Execute, { session, includeCompacted }: Exported) {
  for (let after: string | null = null; ; ) {
    const variables: ExportMessagesQueryVariables = { ...session, includeCompacted, first: ROWS, after }
    const { workspace }: ExportMessagesQuery = await execute(ExportMessagesDocument, variables)
    const { transcript } = workspace.session
    yield transcript
    if (!transcript.pageInfo.hasNextPage) return
    after = transcript.pageInfo.endCursor
  }
}
