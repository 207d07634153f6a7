import { Suspense, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { graphql } from 'react-relay'
import type { sessionsScreenQuery } from '../../__generated__/sessionsScreenQuery.graphql'
import { OwnActs, useNotedActs } from '../../acts/own-acts'
import { FilterBar } from '../../filter/filter-bar'
import { askTogether, isAsked } from '../../gateway/ahead'
import { useQuery } from '../../gateway/use-query'
import { FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import { viewMoment } from '../../parts/moment'
import { NoWorkspace } from '../../parts/no-workspace'
import { part } from '../../parts/part'
import type { PagePath } from '../../view/path'
import { type Address, useAddress } from '../../view/use-address'
import histogramStyles from './histogram.module.css'
import { SessionList } from './session-list'
import styles from './sessions-screen.module.css'
import { listVariables, viewQuestions } from './view-questions'

// What the list can do without comes after it.
const SessionPane = part(() => import('../session/session-pane'))
const MessageMatches = part(() => import('../../search/message-matches'))
const Histogram = part(() => import('./histogram'))

/** The sessions of a workspace under a filter, and beside them the one that is open. */
export function SessionsScreen({ path }: { path: PagePath }) {
  // Above what may suspend, which forgets its state until it is first shown.
  const [now, setNow] = useState(viewMoment)
  const address = useAskingAddress(path, now)
  const acts = useNotedActs()
  return (
    <OwnActs value={acts}>
      <div className={styles.screen} data-open={path.id !== null}>
        <FilterBar address={address} path={path} now={now} />
        <main className={styles.main}>
          <section className={styles.list} aria-label="List of sessions">
            <div>
              <div className={histogramStyles.place}>
                <FailureBoundary of={address.filter}>
                  <Suspense fallback={null}>
                    <Histogram path={path} address={address} now={now} />
                  </Suspense>
                </FailureBoundary>
              </div>
              {address.filter.search.trim().length > 1 && (
                <FailureBoundary of={address.filter}>
                  <Suspense fallback={<div className={styles.said} />}>
                    <MessageMatches path={path} filter={address.filter} now={now} />
                  </Suspense>
                </FailureBoundary>
              )}
            </div>
            <FailureBoundary of={address.filter} heading="Sessions">
              <Suspense fallback={<Loading what="sessions" rows={24} heading="Sessions" />}>
                <Sessions path={path} address={address} now={now} onRenew={() => setNow(new Date())} />
              </Suspense>
            </FailureBoundary>
          </section>
          {path.id !== null && (
            <FailureBoundary key={path.id}>
              <Suspense fallback={<Loading what="the session" rows={24} />}>
                <SessionPane path={path} id={path.id} />
              </Suspense>
            </FailureBoundary>
          )}
        </main>
      </div>
    </OwnActs>
  )
}

/** The address of the page, which asks for a view as soon as it is to be another one, while the page still shows what it has. */
function useAskingAddress(path: PagePath, now: Date): Address {
  const address = useAddress(path)
  const { filter } = address
  const view = useMemo(() => ({ filter, now }), [filter, now])
  const before = useRef(view)
  useLayoutEffect(() => {
    const questions = viewQuestions(path, view.filter, view.now)
    // One that the browser went back to, or of a later moment.
    if (before.current !== view && !questions.every((question) => isAsked(...question)))
      askTogether(questions)
    before.current = view
  }, [path, view])
  return useMemo(
    () => ({
      ...address,
      show: (changed, options) => {
        askTogether(viewQuestions(path, changed, now))
        address.show(changed, options)
      },
    }),
    [address, path, now],
  )
}

interface SessionsProps {
  path: PagePath
  address: Address
  now: Date
  onRenew: () => void
}

function Sessions({ path, address, now, onRenew }: SessionsProps) {
  const { organization, workspace } = path
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session beside the list is the same list.
  const asked = useMemo(
    () => listVariables(path, address.filter, now),
    [organization, workspace, address.filter, now],
  )
  // What is shown stays until what was asked is there.
  const shown = useDeferredValue(asked)
  const data = useQuery<sessionsScreenQuery>(
    graphql`
      query sessionsScreenQuery(
        $organization: String!
        $workspace: String!
        $count: Int!
        $filter: SessionFilter
        $orderBy: SessionOrder
      ) {
        workspace(organization: $organization, slug: $workspace) {
          ...sessionList_workspace @arguments(count: $count, filter: $filter, orderBy: $orderBy)
        }
      }
    `,
    shown as sessionsScreenQuery['variables'],
    { fetchPolicy: 'store-and-network', fetchKey: now.getTime() },
  )
  if (data.workspace == null) return <NoWorkspace />
  return (
    <SessionList
      workspace={data.workspace}
      address={address}
      path={path}
      filter={shown.filter}
      now={now}
      isStale={asked !== shown}
      onRenew={onRenew}
    />
  )
}
