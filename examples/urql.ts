import { type AnyVariables, Client, fetchExchange, type TypedDocumentNode } from '@urql/core'
import {
  PopoverFacetsDocument,
  SessionsAfterDocument,
  type SessionsAfterQuery,
  TranscriptTailDocument,
} from './documents.generated.js'
import { readOptions } from './options.js'
import { printFacets, printFailure, printPage, printTranscript } from './print.js'

/** The session explorer with urql: `npx tsx examples/urql.ts --help`. */
const { url, headers, place, filter, first } = readOptions()
const client = new Client({
  url,
  fetchOptions: { headers },
  preferGetMethod: false,
  exchanges: [fetchExchange],
})

await explore().catch(printFailure)

/** Facets first, then the list page by page, then the end of the first session's transcript. */
async function explore(): Promise<void> {
  const { workspace } = await ask(PopoverFacetsDocument, { ...place, filter })
  printFacets(workspace.sessionFacets)

  let after: string | null = null
  let newest: string | undefined
  do {
    const page: SessionsAfterQuery = await ask(SessionsAfterDocument, { ...place, filter, first, after })
    const { sessions } = page.workspace
    printPage(sessions)
    newest ??= sessions.edges[0]?.node.id
    after = sessions.pageInfo.hasNextPage ? sessions.pageInfo.endCursor : null
  } while (after !== null)

  if (newest !== undefined) {
    const { workspace } = await ask(TranscriptTailDocument, { ...place, session: newest, last: 5 })
    printTranscript(workspace.session)
  }
}

/** The data of an operation; throws what the gateway refuses, or why it was not reached. */
async function ask<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client.query(document, variables)
  if (error !== undefined) throw error.graphQLErrors[0] ?? error.networkError ?? error
  return data as Data
}
