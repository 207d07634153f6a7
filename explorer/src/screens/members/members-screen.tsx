import { useDeferredValue, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { membersScreenQuery } from '../../__generated__/membersScreenQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { TeamFrame } from '../team/team-frame'
import styles from '../team/team-frame.module.css'
import { AddMember } from './add-member'
import { MemberTable } from './member-table'

const FIRST = 100

/** Who may enter a workspace and as what; admins add members, change their roles and take them out. */
export default function MembersScreen({ path }: { path: PagePath }) {
  return (
    <TeamFrame path={path} screen="members">
      <Members path={path} />
    </TeamFrame>
  )
}

function Members({ path }: { path: PagePath }) {
  const { organization, workspace } = path
  const [round, setRound] = useState(0)
  const [search, setSearch] = useState('')
  // The members that are shown stay until those that were searched for are there.
  const asked = useDeferredValue(search)
  const data = useQuery<membersScreenQuery>(
    graphql`
      query membersScreenQuery($organization: String!, $workspace: String!, $search: String!, $count: Int!) {
        viewer {
          user {
            uuid
          }
        }
        workspace(organization: $organization, slug: $workspace) {
          maySet: viewerCan(act: MEMBER_SET)
          mayRemove: viewerCan(act: MEMBER_REMOVE)
          ...memberTable_workspace @arguments(search: $search, count: $count)
        }
      }
    `,
    { organization, workspace, search: asked, count: FIRST },
    { fetchPolicy: 'store-and-network', fetchKey: round },
  )
  if (data.workspace == null) return null
  const { maySet, mayRemove } = data.workspace
  const renew = () => setRound(round + 1)
  return (
    <>
      <div className={table.head}>
        <h1>Members of {workspace}</h1>
        <span className={table.gap} />
        <SearchField
          className={styles.search ?? ''}
          aria-label="Find a member"
          value={search}
          onChange={setSearch}
        >
          <Input className="field" placeholder="name or e-mail" maxLength={255} />
        </SearchField>
        {maySet && <AddMember path={path} onDone={renew} />}
      </div>
      <MemberTable
        workspace={data.workspace}
        path={path}
        viewer={data.viewer.user?.uuid ?? null}
        maySet={maySet}
        mayRemove={mayRemove}
        search={asked}
        onChanged={renew}
      />
    </>
  )
}
