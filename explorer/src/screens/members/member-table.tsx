import { Button, DialogTrigger } from 'react-aria-components'
import { graphql, usePaginationFragment } from 'react-relay'
import type { memberTable_workspace$key } from '../../__generated__/memberTable_workspace.graphql'
import type { memberTablePageQuery } from '../../__generated__/memberTablePageQuery.graphql'
import type { memberTableRemoveMutation } from '../../__generated__/memberTableRemoveMutation.graphql'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { visibleName } from '../../parts/show-controls'
import { useAct } from '../../parts/use-act'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import styles from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'
import { MemberRole } from './member-role'
import { roles } from './roles'

const PAGE = 200

interface MemberTableProps {
  workspace: memberTable_workspace$key
  path: PagePath
  /** Uuid of the user who looks; null for a service key. */
  viewer: string | null
  maySet: boolean
  mayRemove: boolean
  search: string
  onChanged: () => void
}

/** Members by login, with what may be done to each. */
export function MemberTable(props: MemberTableProps) {
  const { workspace, path, viewer, maySet, mayRemove, search, onChanged } = props
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    memberTablePageQuery,
    memberTable_workspace$key
  >(
    graphql`
      fragment memberTable_workspace on Workspace
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }, search: { type: "String!" })
      @refetchable(queryName: "memberTablePageQuery") {
        members(first: $count, after: $cursor, search: $search) @connection(key: "memberTable_members") {
          edges {
            node {
              role
              user {
                uuid
                login
                fullName
                email
              }
            }
          }
        }
      }
    `,
    workspace,
  )
  const members = data.members.edges.map(({ node }) => node)
  if (members.length === 0)
    return <p className="empty muted">{search === '' ? 'Nobody is a member.' : 'Nobody is called so.'}</p>
  return (
    <TeamTable
      what="members"
      heads={['login', ['name', 'medium'], ['e-mail', 'medium'], 'role']}
      hasActs
      paging={{ hasNext, isLoadingNext, loadNext, page: PAGE }}
      rows={members.map(({ role, user }) => (
        <tr key={user.uuid}>
          <th scope="row" dir="auto">
            {visibleName(user.login)}
            {user.uuid === viewer && <span className={styles.mark}>you</span>}
          </th>
          <td className={table.medium} dir="auto">
            {user.fullName == null ? <span className="muted">–</span> : visibleName(user.fullName)}
          </td>
          <td className={table.medium}>{user.email}</td>
          <td>
            {maySet ? (
              <MemberRole
                path={path}
                user={user}
                role={role}
                isViewer={user.uuid === viewer}
                onChanged={onChanged}
              />
            ) : (
              <span title={roles[role].may}>{roles[role].title}</span>
            )}
          </td>
          <td className={styles.acts}>
            {mayRemove && (
              <RemoveMember path={path} user={user} isViewer={user.uuid === viewer} onRemoved={onChanged} />
            )}
          </td>
        </tr>
      ))}
    />
  )
}

interface RemoveMemberProps {
  path: PagePath
  user: { readonly uuid: string; readonly login: string }
  isViewer: boolean
  onRemoved: () => void
}

/** Takes a member out of the workspace, after asking. */
function RemoveMember({ path, user, isViewer, onRemoved }: RemoveMemberProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure, forget } = useAct<memberTableRemoveMutation>(graphql`
    mutation memberTableRemoveMutation($input: RemoveWorkspaceMemberInput!) {
      removeWorkspaceMember(input: $input) {
        user {
          login
        }
      }
    }
  `)
  return (
    <DialogTrigger onOpenChange={forget}>
      <Button className="button plain" aria-label={`Remove ${visibleName(user.login)}…`}>
        Remove…
      </Button>
      <DialogFrame role="alertdialog" title={`Remove ${visibleName(user.login)} from ${workspace}?`}>
        {(close) => (
          <AskFirst
            verb="Remove"
            isBusy={isBusy}
            failure={failure}
            onCancel={close}
            onAgree={() =>
              act({ organization, workspace, user: user.uuid }, () => {
                close()
                onRemoved()
              })
            }
          >
            {isViewer ? 'You enter' : 'They enter'} it no more, with any key. The user stays, and so do its
            sessions.
          </AskFirst>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
