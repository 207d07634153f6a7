import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { fetchQuery, graphql, useRelayEnvironment, useSubscription } from 'react-relay'
import type { useOutlineQuery, useOutlineQuery$data } from '../../__generated__/useOutlineQuery.graphql'
import type { useOutlineSubscription } from '../../__generated__/useOutlineSubscription.graphql'
import type { PagePath } from '../../frame/address'

type Connection = NonNullable<
  NonNullable<NonNullable<useOutlineQuery$data['workspace']>['session']>['outline']
>
export type OutlineRow = Connection['edges'][number]['node']

/** Every row of a transcript without contents, kept up to date as messages come and go. */
export function useOutline(
  path: PagePath,
  id: string,
): { rows: readonly OutlineRow[]; isWhole: boolean; version: number } {
  const { organization, workspace } = path
  const environment = useRelayEnvironment()
  const [rows, setRows] = useState<readonly OutlineRow[]>([])
  const [isWhole, setIsWhole] = useState(false)
  const [version, setVersion] = useState(0)
  const cursor = useRef<string | null>(null)
  const reading = useRef<Promise<void>>(Promise.resolve())

  const read = useCallback(
    async (fromStart: boolean) => {
      if (fromStart) cursor.current = null
      for (let more = true; more; ) {
        const answer = await fetchQuery<useOutlineQuery>(environment, query, {
          organization,
          workspace,
          id,
          first: 10_000,
          after: cursor.current,
        }).toPromise()
        const outline = answer?.workspace?.session?.outline
        if (outline == null) break
        const isFirst = cursor.current === null
        const page = outline.edges.map(({ node }) => node)
        setRows((before) => (isFirst ? page : [...before, ...page]))
        cursor.current = outline.pageInfo.endCursor ?? cursor.current
        more = outline.pageInfo.hasNextPage
      }
      setIsWhole(true)
    },
    [environment, organization, workspace, id],
  )
  useEffect(() => {
    reading.current = read(true)
  }, [read])
  useSubscription<useOutlineSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription useOutlineSubscription($organization: String!, $workspace: String!) {
            sessionEvents(organization: $organization, workspace: $workspace, filter: { includeWorkload: true }) {
              kind
              sessionUuid
              session {
                ...sessionHead_session
              }
            }
          }
        `,
        variables: { organization, workspace },
        onNext: (answer) => {
          const event = answer?.sessionEvents
          if (event?.sessionUuid !== id || event.kind === 'DELETED') return
          const isAppend = event.kind === 'MESSAGES_APPENDED'
          // A rewind or a compaction changes rows that are known, and their contents.
          reading.current = reading.current.then(() => read(!isAppend))
          if (!isAppend) setVersion((before) => before + 1)
        },
      }),
      [organization, workspace, id, read],
    ),
  )
  return { rows, isWhole, version }
}

const query = graphql`
  query useOutlineQuery($organization: String!, $workspace: String!, $id: String!, $first: Int!, $after: String) {
    workspace(organization: $organization, slug: $workspace) {
      session(id: $id) {
        outline(first: $first, after: $after) {
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            node {
              seq
              role
              opening
              contentBytes
              model
              toolCallId
              calls {
                callId
                name
              }
              totalTokens
              costUsd
              isSummary
              isCompacted
              isError
              createdAt
            }
          }
        }
      }
    }
  }
`
