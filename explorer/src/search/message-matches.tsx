import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql } from 'react-relay'
import { Link } from 'wouter'
import type { messageMatchesQuery } from '../__generated__/messageMatchesQuery.graphql'
import { ago } from '../format'
import { useQuery } from '../gateway/use-query'
import { useNow } from '../parts/now'
import { showControls, visibleName } from '../parts/show-controls'
import { Time } from '../parts/time'
import { writeAddress } from '../view/address'
import type { ViewFilter } from '../view/filter'
import { type PagePath, writePath } from '../view/path'
import { toSessionFilter } from '../view/session-filter'
import styles from './message-matches.module.css'

const FIRST = 20
/** What one question may ask for. */
const MOST = 100

interface MessageMatchesProps {
  path: PagePath
  filter: ViewFilter
  now: Date
}

/** What the searched words were said in: messages of the sessions that the rest of the filter takes; each leads to itself. */
export default function MessageMatches({ path, filter, now }: MessageMatchesProps) {
  const { organization, workspace } = path
  const view = writeAddress(filter).toString()
  const [widened, setWidened] = useState<string | null>(null)
  const first = widened === view ? MOST : FIRST
  const list = useRef<HTMLOListElement>(null)
  const asked = useMemo(
    () => ({
      organization,
      workspace,
      query: filter.search.trim(),
      filter: toSessionFilter({ ...filter, search: '' }, now),
      first,
    }),
    [organization, workspace, filter, now, first],
  )
  const shown = useDeferredValue(asked)
  const minute = useNow()
  const data = useQuery<messageMatchesQuery>(
    graphql`
      query messageMatchesQuery(
        $organization: String!
        $workspace: String!
        $query: String!
        $filter: SessionFilter
        $first: Int!
      ) {
        workspace(organization: $organization, slug: $workspace) {
          searchMessages(query: $query, filter: $filter, first: $first) {
            isWhole
            pageInfo {
              hasNextPage
            }
            edges {
              cursor
              node {
                snippet {
                  text
                  isMatch
                }
                message {
                  seq
                  role
                  createdAt
                }
                session {
                  uuid
                  title
                  previewText
                }
              }
            }
          }
        }
      }
    `,
    shown,
    { fetchPolicy: 'store-and-network' },
  )
  const found = data.workspace?.searchMessages
  if (found == null) return null
  const isEmpty = found.edges.length === 0
  const hrefOf = (uuid: string, seq: number) => {
    const query = writeAddress(filter)
    query.set('m', String(seq))
    return `${writePath({ ...path, screen: 'sessions', id: uuid })}?${query}`
  }
  const showMore = () => {
    setWidened(view)
    list.current?.focus()
  }
  return (
    <section className={styles.matches} data-stale={asked !== shown} aria-label="In messages">
      <h2 className={styles.title}>
        In messages{' '}
        <span className="muted">
          {found.pageInfo.hasNextPage ? `the first ${found.edges.length}` : found.edges.length}
          {!found.isWhole && ', ranked among some of very many'}
        </span>
      </h2>
      {isEmpty ? (
        <p className={styles.none}>No message of these sessions has it.</p>
      ) : (
        <ol ref={list} className={styles.list} tabIndex={0} aria-label="Messages found">
          {found.edges.map(
            ({ cursor, node: { snippet, message, session } }) =>
              session != null && (
                <li key={cursor}>
                  <Link to={hrefOf(session.uuid, message.seq)} className={styles.match ?? ''}>
                    <span className={styles.said} dir="auto">
                      {snippet.map(({ text, isMatch }, index) =>
                        isMatch ? (
                          // biome-ignore lint/suspicious/noArrayIndexKey: pieces stand still.
                          <mark key={index}>{showControls(text)}</mark>
                        ) : (
                          showControls(text)
                        ),
                      )}
                    </span>
                    <span className={styles.by}>
                      {message.role.toLowerCase()} ·{' '}
                      <Time at={message.createdAt}>{ago(message.createdAt, minute)}</Time> ·{' '}
                      {visibleName(session.title ?? session.previewText ?? 'Untitled')}
                    </span>
                  </Link>
                </li>
              ),
          )}
          {found.pageInfo.hasNextPage && (
            <li className={styles.further}>
              {found.edges.length < MOST ? (
                <Button className="button plain" onPress={showMore}>
                  more…<span className="unseen"> of these messages</span>
                </Button>
              ) : (
                'Narrow the search or the filter to see others.'
              )}
            </li>
          )}
        </ol>
      )}
    </section>
  )
}
