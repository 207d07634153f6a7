import { useState } from 'react'
import { graphql } from 'react-relay'
import type { keysScreenQuery } from '../../__generated__/keysScreenQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { TeamFrame } from '../team/team-frame'
import { CreateKey } from './create-key'
import { KeyTable } from './key-table'

/** The keys of a workspace, for its admins: what each may do, when it was used, and how to make and end one. */
export default function KeysScreen({ path }: { path: PagePath }) {
  return (
    <TeamFrame
      path={path}
      screen="keys"
      refusal="The keys of a workspace are for its admins. Ask one for the role, or for a key."
    >
      <Keys path={path} />
    </TeamFrame>
  )
}

function Keys({ path }: { path: PagePath }) {
  const [round, setRound] = useState(0)
  const { organization, workspace } = path
  const data = useQuery<keysScreenQuery>(
    graphql`
      query keysScreenQuery($organization: String!, $workspace: String!) {
        viewer {
          scopes
          user {
            login
          }
        }
        workspace(organization: $organization, slug: $workspace) {
          mayCreate: viewerCan(act: KEY_CREATE)
        }
      }
    `,
    { organization, workspace },
  )
  return (
    <>
      <div className={table.head}>
        <h1>Keys of {workspace}</h1>
        <span className={table.gap} />
        {data.workspace?.mayCreate === true ? (
          <CreateKey
            path={path}
            // What is no scope of sessions is passed on by no key.
            scopes={data.viewer.scopes.filter((scope) => scope.startsWith('sessions:'))}
            login={data.viewer.user?.login ?? null}
            onMade={() => setRound(round + 1)}
          />
        ) : (
          <span className="muted">The key in use may see keys, but makes none.</span>
        )}
      </div>
      <KeyTable path={path} round={round} />
    </>
  )
}
