import { useMemo } from 'react'
import { graphql, useLazyLoadQuery } from 'react-relay'
import type { sessionPaneQuery } from '../../__generated__/sessionPaneQuery.graphql'
import { type PagePath, useAddress } from '../../frame/address'
import { SessionHead } from './session-head'
import styles from './session-pane.module.css'
import { Transcript } from './transcript'

/** A session whole: its head, and its transcript beside an outline. */
export default function SessionPane({ path, id }: { path: PagePath; id: string }) {
  const address = useAddress(path)
  const variables = useMemo(
    () => ({ organization: path.organization, workspace: path.workspace, id }),
    [path.organization, path.workspace, id],
  )
  const { workspace } = useLazyLoadQuery<sessionPaneQuery>(
    graphql`
      query sessionPaneQuery($organization: String!, $workspace: String!, $id: String!) {
        workspace(organization: $organization, slug: $workspace) {
          session(id: $id) {
            uuid
            ...sessionHead_session
            ...transcript_session
          }
        }
      }
    `,
    variables,
    { fetchPolicy: 'store-and-network' },
  )
  const session = workspace?.session
  if (session == null)
    return (
      <article className={styles.pane} aria-label="Session">
        <div className="empty">
          <h1>Nothing to see here</h1>
          <p>There is no such session in this workspace, or it is another’s private one.</p>
        </div>
      </article>
    )
  return (
    <article className={styles.pane} aria-label="Session">
      <SessionHead session={session} path={path} onClose={() => address.go({ id: null })} />
      <Transcript key={session.uuid} session={session} path={path} address={address} />
    </article>
  )
}
