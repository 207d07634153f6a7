import { useMemo } from 'react'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { sessionPane_session$key } from '../../__generated__/sessionPane_session.graphql'
import type { sessionPaneQuery } from '../../__generated__/sessionPaneQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import type { PagePath } from '../../view/path'
import { useAddress } from '../../view/use-address'
import { useAnnotations } from './annotations/use-annotations'
import { SessionHead } from './session-head'
import styles from './session-pane.module.css'
import { Transcript } from './transcript'
import { useOutline } from './use-outline'

/** A session whole: its head, and its transcript beside an outline. */
export default function SessionPane({ path, id }: { path: PagePath; id: string }) {
  const address = useAddress(path)
  const variables = useMemo(
    () => ({ organization: path.organization, workspace: path.workspace, id }),
    [path.organization, path.workspace, id],
  )
  const { workspace } = useQuery<sessionPaneQuery>(
    graphql`
      query sessionPaneQuery($organization: String!, $workspace: String!, $id: String!) {
        workspace(organization: $organization, slug: $workspace) {
          session(id: $id) {
            uuid
            ...sessionPane_session
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
          <p>
            There is no such session in this workspace, or it is another’s private one. Ask its owner to share
            it.
          </p>
          <p>
            <Link to={address.href({ id: null })}>Back to the list</Link>
          </p>
        </div>
      </article>
    )
  return <OpenSession key={session.uuid} session={session} path={path} />
}

function OpenSession({ session: key, path }: { session: sessionPane_session$key; path: PagePath }) {
  const session = useFragment(
    graphql`
      fragment sessionPane_session on Session {
        uuid
        ...sessionHead_session
        ...transcript_session
      }
    `,
    key,
  )
  const address = useAddress(path)
  const outline = useOutline(path, session.uuid)
  const annotations = useAnnotations(path, session.uuid, outline.version)
  return (
    <article className={styles.pane} aria-label="Session">
      <SessionHead
        session={session}
        outline={outline}
        annotations={annotations}
        path={path}
        onClose={() => address.go({ id: null })}
      />
      <Transcript
        session={session}
        outline={outline}
        annotations={annotations}
        path={path}
        address={address}
      />
    </article>
  )
}
