import { Suspense, useDeferredValue, useMemo, useState } from 'react'
import { graphql, usePaginationFragment } from 'react-relay'
import type { auditScreen_workspace$key } from '../../__generated__/auditScreen_workspace.graphql'
import type { auditScreenListQuery } from '../../__generated__/auditScreenListQuery.graphql'
import type { auditScreenPeopleQuery } from '../../__generated__/auditScreenPeopleQuery.graphql'
import type { auditScreenQuery } from '../../__generated__/auditScreenQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import { Loading } from '../../parts/loading'
import type { PagePath } from '../../view/path'
import { TeamFrame } from '../team/team-frame'
import { AuditBar } from './audit-bar'
import { AuditList } from './audit-list'
import { toAuditFilter } from './audit-view'
import { type AuditAddress, useAuditAddress } from './use-audit-address'

const FIRST = 100

/** Who did what in a workspace, for its admins. */
export default function AuditScreen({ path }: { path: PagePath }) {
  return (
    <TeamFrame
      path={path}
      screen="audit"
      refusal="What was done in a workspace is told to its admins. Ask one for the role."
    >
      <Audit path={path} />
    </TeamFrame>
  )
}

const PEOPLE = 100

function Audit({ path }: { path: PagePath }) {
  const { organization, workspace } = path
  const data = useQuery<auditScreenQuery>(
    graphql`
      query auditScreenQuery($organization: String!, $workspace: String!, $count: Int!) {
        workspace(organization: $organization, slug: $workspace) {
          ...auditScreen_workspace @arguments(count: $count)
        }
      }
    `,
    { organization, workspace, count: PEOPLE },
  )
  return data.workspace && <AuditOf workspace={data.workspace} path={path} />
}

function AuditOf({ workspace: key, path }: { workspace: auditScreen_workspace$key; path: PagePath }) {
  const address = useAuditAddress(path)
  const [now, setNow] = useState(() => new Date())
  const { data, hasNext, loadNext } = usePaginationFragment<
    auditScreenPeopleQuery,
    auditScreen_workspace$key
  >(
    graphql`
      fragment auditScreen_workspace on Workspace
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "auditScreenPeopleQuery") {
        uuid
        members(first: $count, after: $cursor) @connection(key: "auditScreen_members") {
          edges {
            node {
              user {
                uuid
                login
              }
            }
          }
        }
      }
    `,
    key,
  )
  return (
    <>
      <AuditBar
        address={address}
        people={data.members.edges.map(({ node }) => node.user)}
        onMorePeople={hasNext ? () => loadNext(PEOPLE) : null}
        onRenew={() => setNow(new Date())}
      />
      <Suspense fallback={<Loading what="entries" rows={20} />}>
        <Entries path={path} workspaceId={data.uuid} address={address} now={now} />
      </Suspense>
    </>
  )
}

interface EntriesProps {
  path: PagePath
  workspaceId: string
  address: AuditAddress
  now: Date
}

function Entries({ path, workspaceId, address, now }: EntriesProps) {
  const { organization } = path
  const asked = useMemo(
    () => ({ organization, filter: toAuditFilter(address.view, workspaceId, now), count: FIRST }),
    [organization, workspaceId, address.view, now],
  )
  const shown = useDeferredValue(asked)
  const data = useQuery<auditScreenListQuery>(
    graphql`
      query auditScreenListQuery($organization: String!, $filter: AuditFilter, $count: Int!) {
        organization(slug: $organization) {
          ...auditList_organization @arguments(filter: $filter, count: $count)
        }
      }
    `,
    shown,
    { fetchPolicy: 'store-and-network', fetchKey: now.getTime() },
  )
  if (data.organization == null) return null
  return (
    <AuditList organization={data.organization} path={path} address={address} isStale={asked !== shown} />
  )
}
