import { useState } from 'react'
import { graphql } from 'react-relay'
import type { organizationsScreenQuery } from '../../__generated__/organizationsScreenQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { TeamFrame } from '../team/team-frame'
import { CreateOrganization } from './create-organization'
import { OrganizationTable } from './organization-table'

const FIRST = 100

/** Every organization of the gateway, for operators: how large it is, and how to make one. */
export default function OrganizationsScreen({ path }: { path: PagePath }) {
  return (
    <TeamFrame
      path={path}
      screen="organizations"
      refusal="The organizations of a gateway are for its operators. Their keys come from the command line."
    >
      <Organizations own={path.organization} />
    </TeamFrame>
  )
}

function Organizations({ own }: { own: string }) {
  const [round, setRound] = useState(0)
  const data = useQuery<organizationsScreenQuery>(
    graphql`
      query organizationsScreenQuery($count: Int!) {
        ...organizationTable_query @arguments(count: $count)
      }
    `,
    { count: FIRST },
    { fetchPolicy: 'store-and-network', fetchKey: round },
  )
  return (
    <>
      <div className={table.head}>
        <h1>Organizations</h1>
        <span className={table.gap} />
        <CreateOrganization onMade={() => setRound(round + 1)} />
      </div>
      <OrganizationTable query={data} own={own} />
    </>
  )
}
