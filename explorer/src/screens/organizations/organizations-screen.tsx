import { useState } from 'react'
import { Button, DialogTrigger, Input, Label, TextField } from 'react-aria-components'
import { graphql, usePaginationFragment, useRelayEnvironment } from 'react-relay'
import { commitLocalUpdate } from 'relay-runtime'
import type { organizationsScreen_query$key } from '../../__generated__/organizationsScreen_query.graphql'
import type { organizationsScreenCreateMutation } from '../../__generated__/organizationsScreenCreateMutation.graphql'
import type { organizationsScreenPageQuery } from '../../__generated__/organizationsScreenPageQuery.graphql'
import type { organizationsScreenQuery } from '../../__generated__/organizationsScreenQuery.graphql'
import { date, exact } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { CreateForm } from '../../parts/create-form'
import { DialogFrame } from '../../parts/dialog-frame'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import { useAct } from '../../parts/use-act'
import dialog from '../../styles/dialog.module.css'
import table from '../../styles/table.module.css'
import type { PagePath } from '../../view/path'
import { NewKey } from '../keys/new-key'
import { TeamFrame } from '../team/team-frame'
import styles from '../team/team-frame.module.css'
import { TeamTable } from '../team/team-table'

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
        ...organizationsScreen_query @arguments(count: $count)
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

/** Makes an organization; where the viewer is its admin, its key is shown once, and leaves the page with the dialog. */
function CreateOrganization({ onMade }: { onMade: () => void }) {
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <DialogTrigger onOpenChange={(isOpen) => !isOpen && setSecret(null)}>
      <Button className="button primary">New organization…</Button>
      <DialogFrame
        title={secret === null ? 'New organization' : 'Your key of the new organization'}
        isDismissable={secret === null}
      >
        {(close) =>
          secret === null ? (
            <NewOrganization
              onCancel={close}
              onMade={(key) => {
                onMade()
                if (key === null) close()
                else setSecret(key)
              }}
            />
          ) : (
            <NewKey secret={secret} onClose={close} />
          )
        }
      </DialogFrame>
    </DialogTrigger>
  )
}

interface NewOrganizationProps {
  onMade: (secret: string | null) => void
  onCancel: () => void
}

function NewOrganization({ onMade, onCancel }: NewOrganizationProps) {
  const environment = useRelayEnvironment()
  const [admin, setAdmin] = useState('')
  const { act, isBusy, failure } = useAct<organizationsScreenCreateMutation>(graphql`
    mutation organizationsScreenCreateMutation($input: CreateOrganizationInput!) {
      createOrganization(input: $input) {
        organization {
          slug
        }
        secret
      }
    }
  `)
  const make = (texts: { slug: string; name: string | null; description: string | null }) => {
    const input = { ...texts, admin: admin.trim() || null }
    act(input, ({ createOrganization }) => {
      // The store must not remember what is told once.
      commitLocalUpdate(environment, (store) =>
        store.getRoot().getLinkedRecord('createOrganization', { input })?.setValue(null, 'secret'),
      )
      onMade(createOrganization?.secret ?? null)
    })
  }
  return (
    <CreateForm
      keyIn="addresses"
      example="globex"
      isBusy={isBusy}
      failure={failure}
      onCancel={onCancel}
      onMake={make}
    >
      <TextField value={admin} onChange={setAdmin} className={dialog.field ?? ''}>
        <Label>E-mail address of its first admin, who signs in; without one it is you, by a new key</Label>
        <Input className="field" placeholder="ada@globex.example" autoComplete="off" maxLength={254} />
      </TextField>
    </CreateForm>
  )
}

const PAGE = 200

interface OrganizationTableProps {
  query: organizationsScreen_query$key
  /** Key of the viewer's organization. */
  own: string
}

/** Organizations by key. */
function OrganizationTable({ query, own }: OrganizationTableProps) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    organizationsScreenPageQuery,
    organizationsScreen_query$key
  >(
    graphql`
      fragment organizationsScreen_query on Query
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "organizationsScreenPageQuery") {
        organizations(first: $count, after: $cursor) @connection(key: "organizationsScreen_organizations") {
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
