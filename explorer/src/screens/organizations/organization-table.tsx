import { graphql, usePaginationFragment } from 'react-relay'
import type { organizationTable_query$key } from '../../__generated__/organizationTable_query.graphql'
import type { organizationTablePageQuery } from '../../__generated__/organizationTablePageQuery.graphql'
import { date, exact } from '../../format'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import table from '../../styles/table.module.css'
import styles from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'

const PAGE = 200

interface OrganizationTableProps {
  query: organizationTable_query$key
  /** Key of the viewer's organization. */
  own: string
}

/** Organizations by key. */
export function OrganizationTable({ query, own }: OrganizationTableProps) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    organizationTablePageQuery,
    organizationTable_query$key
  >(
    graphql`
      fragment organizationTable_query on Query
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "organizationTablePageQuery") {
        organizations(first: $count, after: $cursor) @connection(key: "organizationTable_organizations") {
          edges {
            node {
              uuid
              slug
              name
              description
              workspaceCount
              memberCount
              createdAt
            }
          }
        }
      }
    `,
    query,
  )
  return (
    <TeamTable
      what="organizations"
      heads={[
        'name',
        'key',
        ['what it is', 'wide'],
        ['workspaces', 'number'],
        ['members', 'number'],
        ['made', 'wide'],
      ]}
      paging={{ hasNext, isLoadingNext, loadNext, page: PAGE }}
      rows={data.organizations.edges.map(({ node }) => (
        <tr key={node.uuid}>
          <th scope="row" dir="auto">
            {visibleName(node.name)}
            {node.slug === own && <span className={styles.mark}>yours</span>}
          </th>
          <td>
            <code>{node.slug}</code>
          </td>
          <td className={table.wide} dir="auto">
            {node.description == null ? <span className="muted">–</span> : visibleName(node.description)}
          </td>
          <td className={table.number}>{exact(node.workspaceCount)}</td>
          <td className={table.number}>{exact(node.memberCount)}</td>
          <td className={table.wide}>
            <Time at={node.createdAt}>{date(node.createdAt)}</Time>
          </td>
        </tr>
      ))}
    />
  )
}
