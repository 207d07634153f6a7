import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, useFragment, useRelayEnvironment } from 'react-relay'
import { getRequest } from 'relay-runtime'
import type { sessionActs_session$key } from '../../__generated__/sessionActs_session.graphql'
import { ActButton, fitting } from '../../acts/act-button'
import { type BulkActName, bulkActNames } from '../../acts/bulk-acts'
import { exportFormats, saveExport } from '../../acts/export'
import { Outcomes } from '../../acts/outcomes'
import { useActRows } from '../../acts/use-act-rows'
import { useBulk } from '../../acts/use-bulk'
import { bodyOf } from '../../gateway/answer'
import { useAttempt } from '../../parts/use-attempt'
import type { PagePath } from '../../view/path'
import styles from './session-pane.module.css'

interface SessionActsProps {
  session: sessionActs_session$key
  path: PagePath
  /** After the session was deleted. */
  onGone: () => void
}

/** What the viewer may do to a session, its exports, and how to ask for it elsewhere. */
export function SessionActs({ session: key, path, onGone }: SessionActsProps) {
  const session = useFragment(
    graphql`
      fragment sessionActs_session on Session {
        uuid
        ...useActRows_sessions
      }
    `,
    key,
  )
  const environment = useRelayEnvironment()
  const bulk = useBulk(path, (name) => name === 'delete' && onGone())
  const rows = useActRows([session])
  const run = (name: BulkActName) => bulk.run(name, rows)
  const { attempt, told } = useAttempt()
  const copy = (what: string, text: string) =>
    attempt(() => navigator.clipboard.writeText(text), `${what} copied.`)
  return (
    <>
      {bulkActNames.map((name) => (
        <ActButton key={name} name={name} count={fitting(rows, name).length} onRun={() => run(name)} />
      ))}
      <Button className="button" aria-label="Copy link" onPress={() => copy('Link', location.href)}>
        Copy<span className={styles.wide}> link</span>
      </Button>
      <MenuTrigger>
        <Button className="button" aria-label="More">
          ⋯
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label="More">
            {exportFormats.map((format) => (
              <MenuItem
                key={format.name}
                className="menu-item"
                onAction={() =>
                  attempt(
                    () => saveExport(environment, path, session.uuid, format.name),
                    `Exported as ${format.title}.`,
                  )
                }
              >
                Export as {format.title}
              </MenuItem>
            ))}
            <MenuItem className="menu-item" onAction={() => copy('curl command', asCurl(path, session.uuid))}>
              Copy as curl
            </MenuItem>
            <MenuItem
              className="menu-item"
              onAction={() => copy('GraphQL document', asGraphql(path, session.uuid))}
            >
              Copy as GraphQL
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {told}
      <Outcomes bulk={bulk} />
    </>
  )
}

const query = graphql`
  query sessionActsCopiesQuery($organization: String!, $workspace: String!, $id: String!, $after: String) {
    workspace(organization: $organization, slug: $workspace) {
      session(id: $id) {
        title
        agent
        model
        messageCount
        usage {
          totalTokens
          totalCostUsd
        }
        transcript(first: 100, after: $after) {
          edges {
            node {
              seq
              role
              content
              toolCalls {
                name
                arguments
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`

/** A GraphQL document that reads the session, to paste into GraphiQL. */
function asGraphql({ organization, workspace }: PagePath, uuid: string): string {
  const place = `organization: ${JSON.stringify(organization)}, slug: ${JSON.stringify(workspace)}`
  return `{
  workspace(${place}) {
    session(id: ${JSON.stringify(uuid)}) {
      title agent model messageCount
      usage { totalTokens totalCostUsd }
      transcript(first: 100) {
        edges { node { seq role content toolCalls { name arguments } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`
}

/**
 * A shell command that reads the session; the key stays a variable of the shell. It names the operation by its hash, which
 * runs where texts are refused too.
 */
function asCurl({ organization, workspace }: PagePath, uuid: string): string {
  const asked = bodyOf(getRequest(query).params, { organization, workspace, id: uuid, after: null })
  const body = JSON.stringify(asked).replaceAll("'", "'\\''")
  return `curl -s ${location.origin}/graphql -H "Authorization: Bearer $SESSION_GATEWAY_KEY" -H 'Content-Type: application/json' -d '${body}'`
}
