import { Suspense, useState } from 'react'
import { graphql, useLazyLoadQuery } from 'react-relay'
import type { keysScreenQuery } from '../../__generated__/keysScreenQuery.graphql'
import { FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { CreateKey } from './create-key'
import { KeyTable } from './key-table'
import styles from './keys-screen.module.css'

/** The keys of a workspace, for its admins: what each may do, when it was used, and how to make and end one. */
export default function KeysScreen({ path }: { path: PagePath }) {
  const [round, setRound] = useState(0)
  const { organization, workspace } = path
  const data = useLazyLoadQuery<keysScreenQuery>(
    graphql`
      query keysScreenQuery($organization: String!, $workspace: String!) {
        viewer {
          scopes
          user {
            login
          }
        }
        workspace(organization: $organization, slug: $workspace) {
          mayList: viewerCan(act: KEY_LIST)
          mayCreate: viewerCan(act: KEY_CREATE)
        }
      }
    `,
    { organization, workspace },
  )
  if (data.workspace?.mayList !== true)
    return (
      <main className="empty" aria-label="Keys">
        <h1>Keys</h1>
        <p>The keys of a workspace are for its admins. Ask one for the role, or for a key.</p>
      </main>
    )
  return (
    <main className={styles.screen} aria-label="Keys">
      <div className={table.head}>
        <h1>Keys of {workspace}</h1>
        <span className={table.gap} />
        {data.workspace.mayCreate ? (
          <CreateKey
            path={path}
            scopes={data.viewer.scopes}
            login={data.viewer.user?.login ?? null}
            onMade={() => setRound(round + 1)}
          />
        ) : (
          <span className="muted">The key in use may see keys, but makes none.</span>
        )}
      </div>
      <FailureBoundary>
        <Suspense fallback={<Loading what="keys" rows={8} />}>
          <KeyTable path={path} round={round} />
        </Suspense>
      </FailureBoundary>
    </main>
  )
}
