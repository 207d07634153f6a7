import type { Execute } from '../../route.js'
import {
  ExportMessagesDocument,
  type ExportMessagesQuery,
  type ExportMessagesQueryVariables,
  type MessageFieldsFragment,
  type SessionFieldsFragment,
} from './documents.generated.js'
import { toSession } from './shapes.js'
import { toMessage } from './transcript-shapes.js'

interface MessagePage {
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
  readonly edges: readonly { readonly node: MessageFieldsFragment }[]
}

/** A session with the beginning of a page of its transcript. */
type SessionWithPage = SessionFieldsFragment & {
  readonly currentSystemPrompt: string | null
  readonly transcript: MessagePage
}

interface TranscriptPage {
  organization: string
  workspace: string
  includeCompacted: boolean
  /** Messages at most. */
  limit: number
}

/** The JSON of a page of a transcript with its session, a piece for each page that large rows cut it into. */
export async function* transcriptPieces(
  execute: Execute,
  session: SessionWithPage,
  page: TranscriptPage,
): AsyncGenerator<string> {
  const { currentSystemPrompt, transcript, ...head } = session
  let before = `{"session":${JSON.stringify(toSession(head))},"messages":[`
  let hasMore = transcript.pageInfo.hasNextPage
  for await (const { edges, pageInfo } of pagesOf(execute, session, page)) {
    hasMore = pageInfo.hasNextPage
    if (edges.length === 0) continue
    yield before + edges.map(({ node }) => JSON.stringify(toMessage(node))).join(',')
    before = ','
  }
  const prompt = JSON.stringify(currentSystemPrompt)
  yield `${before === ',' ? '' : before}],"current_system_prompt":${prompt},"has_more":${hasMore}}`
}

async function* pagesOf(
  execute: Execute,
  { id, transcript }: SessionWithPage,
  { organization, workspace, includeCompacted, limit }: TranscriptPage,
): AsyncGenerator<MessagePage> {
  yield transcript
  let left = limit - transcript.edges.length
  let { endCursor, hasNextPage } = transcript.pageInfo
  while (hasNextPage && left > 0) {
    const workspaceRef = { organization, workspace, id }
    const variables: ExportMessagesQueryVariables = {
      ...workspaceRef,
      includeCompacted,
      first: left,
      after: endCursor,
    }
    const data: ExportMessagesQuery = await execute(ExportMessagesDocument, variables)
    const page = data.workspace.session.transcript
    yield page
    left -= page.edges.length
    ;({ endCursor, hasNextPage } = page.pageInfo)
  }
}
