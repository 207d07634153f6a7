import { GraphQLClient } from 'graphql-request'
import {
  PopoverFacetsDocument,
  SessionsAfterDocument,
  type SessionsAfterQuery,
  TranscriptTailDocument,
} from './documents.generated.js'
import { readOptions } from './options.js'
import { printFacets, printFailure, printPage, printTranscript } from './print.js'

/** The session explorer with graphql-request: `npx tsx examples/graphql-request.ts --help`. */
const { url, headers, place, filter, first } = readOptions()
const client = new GraphQLClient(url, { headers })

await explore().catch(printFailure)

/** Facets first, then the list page by page, then the end of the first session's transcript. */
async function explore(): Promise<void> {
  const { workspace } = await client.request(PopoverFacetsDocument, { ...place, filter })
  printFacets(workspace.sessionFacets)

  let after: string | null = null
  let newest: string | undefined
  do {
    const variables = { ...place, filter, first, after }
    const page: SessionsAfterQuery = await client.request(SessionsAfterDocument, variables)
    const { sessions } = page.workspace
    printPage(sessions)
    newest ??= sessions.edges[0]?.node.id
    after = sessions.pageInfo.hasNextPage ? sessions.pageInfo.endCursor : null
  } while (after !== null)

  if (newest !== undefined) {
    const variables = { ...place, session: newest, last: 5 }
    const { workspace } = await client.request(TranscriptTailDocument, variables)
    printTranscript(workspace.session)
  }
}
