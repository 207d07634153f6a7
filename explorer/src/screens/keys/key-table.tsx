import { useState } from 'react'
import { graphql } from 'react-relay'
import type { keyTableQuery } from '../../__generated__/keyTableQuery.graphql'
import { date, since } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import team from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'
import styles from './keys-screen.module.css'
import { RevokeKey } from './revoke-key'

/** The keys, newest first; `round` counts what may have changed them. */
export function KeyTable({ path, round }: { path: PagePath; round: number }) {
  const [showsRevoked, setShowsRevoked] = useState(false)
  const { organization, workspace } = path
  const now = useNow()
  const data = useQuery<keyTableQuery>(
    graphql`
      query keyTableQuery($organization: String!, $workspace: String!) {
        workspace(organization: $organization, slug: $workspace) {
          mayRevoke: viewerCan(act: KEY_REVOKE)
          apiKeys(first: 200, includeRevoked: true) {
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
      }
    `,
    { organization, workspace },
    { fetchPolicy: 'store-and-network', fetchKey: round },
  )
  const all = data.workspace?.apiKeys.edges.map(({ node }) => node) ?? []
  const keys = showsRevoked ? all : all.filter(({ revokedAt }) => revokedAt == null)
  const revokedCount = all.filter(({ revokedAt }) => revokedAt != null).length
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
            {data.workspace?.mayRevoke === true && key.revokedAt == null && (
              <RevokeKey path={path} uuid={key.uuid} name={key.name} isViewers={key.isViewers} />
            )}
          </td>
        </tr>
      ))}
    >
      {keys.length === 0 && <p className="empty muted">No key is bound to this workspace yet.</p>}
      {revokedCount > 0 && (
        <button type="button" className="button plain" onClick={() => setShowsRevoked(!showsRevoked)}>
          {showsRevoked ? 'Hide' : 'Show'} {revokedCount} revoked
        </button>
      )}
    </TeamTable>
  )
}
