import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { graphql, usePaginationFragment } from 'react-relay'
import type { keyTable_workspace$key } from '../../__generated__/keyTable_workspace.graphql'
import type { keyTablePageQuery } from '../../__generated__/keyTablePageQuery.graphql'
import type { keyTableQuery } from '../../__generated__/keyTableQuery.graphql'
import type { keyTableRevokeMutation } from '../../__generated__/keyTableRevokeMutation.graphql'
import { date, since } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { AskFirst } from '../../parts/ask-first'
import { DialogFrame } from '../../parts/dialog-frame'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import { useAct } from '../../parts/use-act'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import team from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'
import styles from './keys-screen.module.css'

const PAGE = 200

/** The keys, newest first; `round` counts what may have changed them. */
export function KeyTable({ path, round }: { path: PagePath; round: number }) {
  const { organization, workspace } = path
  const data = useQuery<keyTableQuery>(
    graphql`
      query keyTableQuery($organization: String!, $workspace: String!, $count: Int!) {
        workspace(organization: $organization, slug: $workspace) {
          mayRevoke: viewerCan(act: KEY_REVOKE)
          ...keyTable_workspace @arguments(count: $count)
        }
      }
    `,
    { organization, workspace, count: PAGE },
    { fetchPolicy: 'store-and-network', fetchKey: round },
  )
  if (data.workspace == null) return null
  return <Keys workspace={data.workspace} path={path} mayRevoke={data.workspace.mayRevoke} />
}

interface KeysProps {
  workspace: keyTable_workspace$key
  path: PagePath
  mayRevoke: boolean
}

function Keys({ workspace, path, mayRevoke }: KeysProps) {
  const [showsRevoked, setShowsRevoked] = useState(false)
  const now = useNow()
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    keyTablePageQuery,
    keyTable_workspace$key
  >(
    graphql`
      fragment keyTable_workspace on Workspace
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "keyTablePageQuery") {
        apiKeys(first: $count, after: $cursor, includeRevoked: true) @connection(key: "keyTable_apiKeys") {
          edges {
            node {
              uuid
              name
              prefix
              scopes
              isBound
              isViewers
              user {
                login
              }
              createdAt
              expiresAt
              revokedAt
              lastUsedAt
            }
          }
        }
      }
    `,
    workspace,
  )
  const all = data.apiKeys.edges.map(({ node }) => node)
  const working = all.filter(({ revokedAt }) => revokedAt == null)
  const keys = showsRevoked ? all : working
  const revokedCount = all.length - working.length
  const stateOf = ({ expiresAt, revokedAt }: (typeof all)[number]) => {
    if (revokedAt != null) return `revoked ${date(revokedAt)}`
    if (expiresAt == null) return 'never expires'
    return `${Date.parse(expiresAt) <= now ? 'expired' : 'expires'} ${date(expiresAt)}`
  }
  return (
    <TeamTable
      what="keys"
      heads={[
        'name',
        ['begins with', 'wide'],
        ['owner', 'medium'],
        ['good for', 'wide'],
        ['made', 'wide'],
        'until',
        ['last used', 'medium'],
      ]}
      hasActs
      className={styles.rows}
      paging={{ hasNext, isLoadingNext, loadNext, page: PAGE }}
      rows={keys.map((key) => (
        <tr key={key.uuid} data-ended={key.revokedAt != null}>
          <th scope="row" dir="auto">
            {visibleName(key.name)}
            {key.isViewers && <span className={team.mark}>in use here</span>}
            {!key.isBound && <span className={team.mark}>enters other workspaces too</span>}
          </th>
          <td className={table.wide}>
            <code>{key.prefix}…</code>
          </td>
          <td className={table.medium}>
            {(key.user && visibleName(key.user.login)) ?? <span className="muted">service</span>}
          </td>
          <td className={`${styles.scopes} ${table.wide}`} title={key.scopes.join(' ')}>
            {key.scopes.map((scope) => scope.replace('sessions:', '')).join(', ')}
          </td>
          <td className={table.wide}>
            <Time at={key.createdAt}>{date(key.createdAt)}</Time>
          </td>
          <td>{stateOf(key)}</td>
          <td className={table.medium}>
            {key.lastUsedAt == null ? (
              <span className="muted">never</span>
            ) : (
              <Time at={key.lastUsedAt}>{since(key.lastUsedAt, now)}</Time>
            )}
          </td>
          <td className={team.acts}>
            {mayRevoke && key.revokedAt == null && (
              <RevokeKey path={path} uuid={key.uuid} name={key.name} isViewers={key.isViewers} />
            )}
          </td>
        </tr>
      ))}
    >
      {keys.length === 0 && !hasNext && <p className="empty muted">No key is bound to this workspace yet.</p>}
      {revokedCount > 0 && (
        <button type="button" className="button plain" onClick={() => setShowsRevoked(!showsRevoked)}>
          {showsRevoked ? 'Hide' : 'Show'} {hasNext ? '' : `${revokedCount} `}revoked
        </button>
      )}
    </TeamTable>
  )
}

interface RevokeKeyProps {
  path: PagePath
  uuid: string
  name: string
  /** Whether the page itself asks with it. */
  isViewers: boolean
}

/** Ends a key for good, after asking. */
function RevokeKey({ path, uuid, name, isViewers }: RevokeKeyProps) {
  const { organization, workspace } = path
  const { act, isBusy, failure } = useAct<keyTableRevokeMutation>(graphql`
    mutation keyTableRevokeMutation($input: RevokeApiKeyInput!) {
      revokeApiKey(input: $input) {
        apiKey {
          id
          revokedAt
        }
      }
    }
  `)
  return (
    <DialogTrigger>
      <Button className="button plain" aria-label={`Revoke ${visibleName(name)}…`}>
        Revoke…
      </Button>
      <DialogFrame role="alertdialog" title={`Revoke ${visibleName(name)}?`}>
        {(close) => (
          <AskFirst
            verb="Revoke"
            isBusy={isBusy}
            failure={failure}
            onCancel={close}
            onAgree={() => act({ organization, workspace, id: uuid }, close)}
          >
            Whoever uses it is refused from now on, and nothing brings it back.
            {isViewers && ' It is the key that this page uses: you will be asked for another one.'}
          </AskFirst>
        )}
      </DialogFrame>
    </DialogTrigger>
  )
}
