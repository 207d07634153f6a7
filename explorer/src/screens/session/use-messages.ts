import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { graphql, useRelayEnvironment } from 'react-relay'
import type { useMessagesQuery, useMessagesQuery$data } from '../../__generated__/useMessagesQuery.graphql'
import { askPastStore } from '../../gateway/ask'
import type { PagePath } from '../../view/path'
import type { OutlineRow } from './use-outline'

type Edges = NonNullable<NonNullable<useMessagesQuery$data['workspace']>['session']>['transcript']['edges']
export type Message = Edges[number]['node']

const CHUNK_ROWS = 50
const CHUNK_BYTES = 1_000_000

export interface Messages {
  get(seq: number): Message | undefined
  /** Asks for the contents of some rows, by their place in the outline, unless they are known or on their way. */
  want(rows: readonly OutlineRow[], first: number, last: number): void
  failure: Error | null
  /** Asks again for what could not be read. */
  retry: () => void
}

/** Contents of a transcript's rows, read in chunks around what is shown; another version reads them anew. */
export function useMessages(
  { organization, workspace }: PagePath,
  id: string,
  rows: readonly OutlineRow[],
  version: number,
): Messages {
  const environment = useRelayEnvironment()
  const [known, setKnown] = useState<ReadonlyMap<number, Message>>(new Map())
  const [failure, setFailure] = useState<Error | null>(null)
  const [round, setRound] = useState(0)
  const asked = useRef(new Set<number>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another transcript.
  useEffect(() => {
    asked.current = new Set()
    setRound((before) => before + 1)
  }, [version])
  const indexBySeq = useMemo(() => new Map(rows.map(({ seq }, index) => [seq, index])), [rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks for the same rows again.
  const want = useCallback(
    (shown: readonly OutlineRow[], first: number, last: number) => {
      for (const { seq } of shown.slice(first, last + 1)) {
        const start = indexBySeq.get(seq)
        if (asked.current.has(seq) || start === undefined) continue
        const chunk = chunkAt(rows, start)
        for (const row of chunk) asked.current.add(row.seq)
        const variables = {
          organization,
          workspace,
          id,
          afterSeq: rows[start - 1]?.seq ?? null,
          first: chunk.length,
        }
        askPastStore<useMessagesQuery>(environment, query, variables).subscribe({
          next: ({ workspace: found }) => {
            setFailure(null)
            const edges = found?.session?.transcript.edges ?? []
            // Many messages at once are shown piece by piece, so that scrolling goes on meanwhile.
            startTransition(() =>
              setKnown(
                (before) => new Map([...before, ...edges.map(({ node }) => [node.seq, node] as const)]),
              ),
            )
            // A page of very long rows is cut: what it lacks is asked for again.
            const came = new Set(edges.map(({ node }) => node.seq))
            const lacking = chunk.filter(({ seq }) => !came.has(seq))
            for (const { seq } of lacking) asked.current.delete(seq)
            if (lacking.length > 0 && edges.length > 0) setRound((before) => before + 1)
          },
          error: (error: Error) => {
            for (const row of chunk) asked.current.delete(row.seq)
            setFailure(error)
          },
        })
      }
    },
    [environment, organization, workspace, id, rows, indexBySeq, round],
  )
  return useMemo(
    () => ({
      get: (seq) => {
        const message = known.get(seq)
        // What a rewind took back may have stood in the same place.
        const isSame = message?.createdAt === rows[indexBySeq.get(seq) ?? -1]?.createdAt
        return isSame ? message : undefined
      },
      want,
      failure,
      retry: () => setRound((before) => before + 1),
    }),
    [known, rows, indexBySeq, want, failure],
  )
}

/** The rows from one on that are read together: not too many, and not too long. */
function chunkAt(rows: readonly OutlineRow[], start: number): readonly OutlineRow[] {
  let bytes = 0
  let end = start
  while (end < rows.length && end - start < CHUNK_ROWS && (end === start || bytes < CHUNK_BYTES)) {
    bytes += rows[end]?.contentBytes ?? 0
    end += 1
  }
  return rows.slice(start, end)
}

const query = graphql`
  query useMessagesQuery(
    $organization: String!
    $workspace: String!
    $id: String!
    $afterSeq: NonNegativeInt
    $first: Int!
  ) {
    workspace(organization: $organization, slug: $workspace) {
      session(id: $id) {
        transcript(afterSeq: $afterSeq, first: $first, includeCompacted: true) {
          edges {
            node {
              seq
              uuid
              role
              content
              agent
              model
              toolCallId
              toolCalls {
                callId
                name
                arguments
              }
              metadata
              isSummary
              compactedAt
              createdAt
              usage {
                inputTokens
                outputTokens
                cacheReadInputTokens
                cacheCreationInputTokens
                costUsd
              }
            }
          }
        }
      }
    }
  }
`
