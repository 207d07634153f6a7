import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { graphql, useRelayEnvironment, useSubscription } from 'react-relay'
import type { useOutlineQuery, useOutlineQuery$data } from '../../__generated__/useOutlineQuery.graphql'
import type { useOutlineSubscription } from '../../__generated__/useOutlineSubscription.graphql'
import { askPastStore } from '../../gateway/ask'
import { useConnection } from '../../gateway/connection'
import type { PagePath } from '../../view/path'

type Connection = NonNullable<
  NonNullable<NonNullable<useOutlineQuery$data['workspace']>['session']>['outline']
>
export type OutlineRow = Connection['edges'][number]['node']

/** Enough to fill any screen, at once; the rest in pages that take a frame or two. */
const FIRST_ROWS = 200
const MORE_ROWS = 2500

export interface Outlined {
  rows: readonly OutlineRow[]
  isWhole: boolean
  /** Counts the times that known rows changed. */
  version: number
  /** Why rows are missing; null when none are. */
  failure: Error | null
  retry: () => void
}

/** Every row of a transcript without contents, kept up to date as messages come and go. */
export function useOutline(path: PagePath, id: string): Outlined {
  const { organization, workspace } = path
  const environment = useRelayEnvironment()
  const [rows, setRows] = useState<readonly OutlineRow[]>([])
  const [isWhole, setIsWhole] = useState(false)
  const [version, setVersion] = useState(0)
  const [failure, setFailure] = useState<Error | null>(null)
  const cursor = useRef<string | null>(null)
  const isShown = useRef(false)
  const reading = useRef<Promise<void>>(Promise.resolve())

  const read = useCallback(
    async (fromStart: boolean) => {
      if (fromStart) cursor.current = null
      // Rows that are shown stay until all that take their place are there.
      const isAnew = fromStart && isShown.current
      const anew: OutlineRow[] = []
      for (let more = true; more; ) {
        const isFirst = cursor.current === null
        const answer = await askPastStore<useOutlineQuery>(environment, query, {
          organization,
          workspace,
          id,
          first: isFirst ? FIRST_ROWS : MORE_ROWS,
          after: cursor.current,
        }).toPromise()
        const outline = answer?.workspace?.session?.outline
        if (outline == null) break
        const page = outline.edges.map(({ node }) => node)
        if (isAnew) anew.push(...page)
        else setRows((before) => (isFirst ? page : [...before, ...page]))
        isShown.current = true
        cursor.current = outline.pageInfo.endCursor ?? cursor.current
        more = outline.pageInfo.hasNextPage
      }
      if (isAnew) setRows(anew)
      setIsWhole(true)
    },
    [environment, organization, workspace, id],
  )
  const readAfter = useCallback(
    (fromStart: boolean) => {
      const told = () => read(fromStart).then(() => setFailure(null), setFailure)
      reading.current = reading.current.then(told)
    },
    [read],
  )
  useEffect(() => readAfter(true), [readAfter])
  useConnection(() => readAfter(true))
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
                ...transcript_session
              }
            }
          }
        `,
        variables: { organization, workspace },
        onNext: (answer) => {
          const event = answer?.sessionEvents
          if (event?.sessionUuid !== id || event.kind === 'DELETED') return
          const isAppend = event.kind === 'MESSAGES_APPENDED'
          if (!isAppend && event.kind !== 'UPDATED') return
          // A rewind or a compaction changes rows that are known, and their contents.
          readAfter(!isAppend)
          if (!isAppend) setVersion((before) => before + 1)
        },
      }),
      [organization, workspace, id, readAfter],
    ),
  )
  return { rows, isWhole, version, failure, retry: () => readAfter(true) }
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
              segment
              agent
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
