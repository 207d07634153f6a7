import { useEffect, useMemo, useState } from 'react'
import { graphql, useRelayEnvironment } from 'react-relay'
import type { useSubagentsQuery, useSubagentsQuery$data } from '../../__generated__/useSubagentsQuery.graphql'
import { askPastStore } from '../../gateway/ask'
import type { PagePath } from '../../view/path'
import type { Outlined } from './use-outline'

type Group = NonNullable<NonNullable<useSubagentsQuery$data['workspace']>['sessionGroup']>
export type RelatedSession = Group['sessions'][number]

export interface Subagents {
  /** Sessions of agents that the session called, by the call. */
  byCall: ReadonlyMap<string, RelatedSession>
  /** Those of which no call is known. */
  others: readonly RelatedSession[]
  /** The session that called this one; null for none that is known. */
  caller: RelatedSession | null
}

/** What called a session and what it called, of its group. */
export function useSubagents(
  path: PagePath,
  session: string,
  group: { readonly uuid: string; readonly kind: string; readonly sessionCount: number } | null,
  { rows, isWhole }: Outlined,
): Subagents {
  const { organization, workspace } = path
  const environment = useRelayEnvironment()
  const [sessions, setSessions] = useState<readonly RelatedSession[]>([])
  const id = group?.kind === 'SUBAGENTS' ? group.uuid : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is read as it joins.
  useEffect(() => {
    if (id === null) return
    const reading = askPastStore<useSubagentsQuery>(environment, query, {
      organization,
      workspace,
      id,
    }).subscribe({
      next: (answer) => setSessions(answer?.workspace?.sessionGroup?.sessions ?? []),
      // The way by the group stays.
      error: () => {},
    })
    return () => reading.unsubscribe()
  }, [environment, organization, workspace, id, group?.sessionCount])
  return useMemo(() => {
    const called = sessions.filter((each) => readCaller(each)?.session === session)
    const callOf = (each: RelatedSession) => readCaller(each)?.call ?? ''
    const own = sessions.find(({ uuid }) => uuid === session)
    const caller = own && readCaller(own)?.session
    const calls = new Set(rows.flatMap((row) => row.calls.map(({ callId }) => callId)))
    return {
      byCall: new Map(called.map((each) => [callOf(each), each])),
      others: isWhole ? called.filter((each) => !calls.has(callOf(each))) : [],
      caller: sessions.find(({ uuid }) => uuid === caller) ?? null,
    }
  }, [sessions, session, rows, isWhole])
}

/** What called a session, as the first row of its transcript says it. */
function readCaller({ transcript }: RelatedSession): { session?: unknown; call?: string } | null {
  return transcript.edges[0]?.node.metadata?.caller ?? null
}

const query = graphql`
  query useSubagentsQuery($organization: String!, $workspace: String!, $id: UUID!) {
    workspace(organization: $organization, slug: $workspace) {
      sessionGroup(id: $id) {
        sessions(archived: ANY, includeWorkload: true) {
          uuid
          title
          previewText
          agent
          messageCount
          failedCallCount
          usage {
            totalCostUsd
          }
          transcript(first: 1, includeCompacted: true) {
            edges {
              node {
                metadata
              }
            }
          }
        }
      }
    }
  }
`
