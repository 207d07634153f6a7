import type { Execute } from '../../route.js'
import {
  ReadOrganizationMessagesDocument,
  type ReadOrganizationMessagesQuery,
  type ReadOrganizationMessagesQueryVariables,
} from './documents.generated.js'
import { type MessageFields, toMessage } from './message-shapes.js'

/** Rows of a transcript a piece; each may hold a megabyte. */
const ROWS = 250

/** The messages of a session as JSON lines, a page of the transcript a piece (contract 5.9). */
export async function* linePieces(execute: Execute, id: string): AsyncGenerator<string> {
  for await (const page of pages(execute, id))
    if (page.length > 0) yield page.map((message) => `${JSON.stringify(toMessage(message))}\n`).join('')
}

/**
 * The messages of a session as a JSON object that holds them under each of the names (contract 5.8).
 * The second list is read anew, up to where the first ended, so that memory stays flat.
 */
export async function* envelopePieces(
  execute: Execute,
  id: string,
  names: readonly string[],
): AsyncGenerator<string> {
  let opening = '{'
  let lastSeq: number | null = null
  for (const [index, name] of names.entries()) {
    opening += `"${name}":[`
    let reached = -1
    for await (const page of pages(execute, id, lastSeq)) {
      if (page.length === 0) continue
      yield opening + page.map((message) => JSON.stringify(toMessage(message))).join(',')
      reached = page.at(-1)?.seq ?? reached
      opening = ','
    }
    lastSeq ??= reached
    const closing = reached === -1 ? `${opening}]` : ']'
    opening = index === names.length - 1 ? `${closing}}` : `${closing},`
  }
  yield opening
}

/** A transcript in pages by seq, compacted messages and summaries included, up to a seq if one is given. */
async function* pages(
  execute: Execute,
  id: string,
  lastSeq: number | null = null,
): AsyncGenerator<readonly MessageFields[]> {
  for (let after: string | null = null; ; ) {
    const variables: ReadOrganizationMessagesQueryVariables = { id, first: ROWS, after }
    const { viewer }: ReadOrganizationMessagesQuery = await execute(
      ReadOrganizationMessagesDocument,
      variables,
    )
    const { edges, pageInfo } = viewer.organization.session.transcript
    const page = edges.map(({ node }) => node)
    const wanted = lastSeq === null ? page : page.filter(({ seq }) => seq <= lastSeq)
    yield wanted
    if (!pageInfo.hasNextPage || wanted.length < page.length) return
    after = pageInfo.endCursor
  }
}
