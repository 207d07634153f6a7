import { useEffect, useMemo, useRef, useState } from 'react'
import { graphql, useSubscription } from 'react-relay'
import type { useLiveSessionsSubscription } from '../../__generated__/useLiveSessionsSubscription.graphql'
import { useConnection } from '../../gateway/connection'
import type { PagePath } from '../../view/path'
import type { SessionFilter } from '../../view/session-filter'

/**
 * Follows the sessions of a view: shown rows change as they change, by their ids in the store.
 * `newer` are sessions that match and are not among the rows; `renew` forgets them. `gone` are those deleted since.
 */
export function useLiveSessions(
  path: PagePath,
  filter: SessionFilter,
  rows: readonly { uuid: string }[],
  onBack: () => void,
) {
  const isConnected = useConnection(onBack)
  const { organization, workspace } = path
  const [newer, setNewer] = useState<ReadonlySet<string>>(new Set())
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const [isLive, setIsLive] = useState(true)
  const known = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    known.current = new Set(rows.map(({ uuid }) => uuid))
  }, [rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view counts anew.
  useEffect(() => setNewer(new Set()), [filter, workspace])
  useSubscription<useLiveSessionsSubscription>(
    useMemo(
      () => ({
        subscription: graphql`
          subscription useLiveSessionsSubscription($organization: String!, $workspace: String!, $filter: SessionFilter) {
            sessionEvents(organization: $organization, workspace: $workspace, filter: $filter) {
              kind
              sessionUuid
              session {
                ...sessionRow_session
              }
            }
          }
        `,
        variables: { organization, workspace, filter },
        onNext: (answer) => {
          setIsLive(true)
          const event = answer?.sessionEvents
          if (event == null) return
          const { kind, sessionUuid } = event
          if (kind === 'DELETED') {
            setGone((before) => new Set(before).add(sessionUuid))
            setNewer((before) => new Set([...before].filter((uuid) => uuid !== sessionUuid)))
          } else if (!known.current.has(sessionUuid))
            setNewer((before) => (before.has(sessionUuid) ? before : new Set(before).add(sessionUuid)))
        },
        onError: () => setIsLive(false),
      }),
      [organization, workspace, filter],
    ),
  )
  return { newer, gone, isLive: isLive && isConnected, renew: () => setNewer(new Set()) }
}
