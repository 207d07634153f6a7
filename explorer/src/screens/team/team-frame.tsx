import { type ReactNode, Suspense } from 'react'
import { graphql } from 'react-relay'
import { Link } from 'wouter'
import type { teamFrameQuery } from '../../__generated__/teamFrameQuery.graphql'
import { isOfTeam, offeredScreens, type ScreenName, screenTitles } from '../../frame/screen-names'
import { useQuery } from '../../gateway/use-query'
import { FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import { NoWorkspace } from '../../parts/no-workspace'
import type { PagePath } from '../../view/path'
import { useAddress } from '../../view/use-address'
import styles from './team-frame.module.css'

interface TeamFrameProps {
  path: PagePath
  screen: ScreenName
  /** Why the viewer is not shown the screen, where it is not offered. */
  refusal?: string
  children: ReactNode
}

/** What stands around a screen about who works with sessions: the way to the others of its kind. */
export function TeamFrame({ path, screen, refusal, children }: TeamFrameProps) {
  const { organization, workspace } = path
  const address = useAddress(path)
  const data = useQuery<teamFrameQuery>(
    graphql`
      query teamFrameQuery($organization: String!, $workspace: String!) {
        workspace(organization: $organization, slug: $workspace) {
          mayListKeys: viewerCan(act: KEY_LIST)
          mayReadAudit: viewerCan(act: AUDIT_READ)
          mayListOrganizations: viewerCan(act: ORGANIZATION_LIST)
        }
      }
    `,
    { organization, workspace },
  )
  const { title } = screenTitles[screen]
  if (data.workspace == null) return <NoWorkspace />
  const offered = offeredScreens(data.workspace).filter(isOfTeam)
  return (
    <main className={styles.screen} aria-label={title}>
      <nav className={styles.tabs} aria-label="Team">
        {offered.map((name) => (
          <Link
            key={name}
            to={address.href({ screen: name, id: null })}
            className={styles.tab ?? ''}
            aria-current={name === screen ? 'page' : undefined}
          >
            {screenTitles[name].title}
          </Link>
        ))}
      </nav>
      {offered.includes(screen) ? (
        <FailureBoundary>
          <Suspense fallback={<Loading what={title.toLowerCase()} rows={8} />}>{children}</Suspense>
        </FailureBoundary>
      ) : (
        <div className="empty">
          <h1>{title}</h1>
          <p>{refusal}</p>
        </div>
      )}
    </main>
  )
}
