import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { graphql, useFragment, useRelayEnvironment } from 'react-relay'
import type { exportMenu_sessions$key } from '../__generated__/exportMenu_sessions.graphql'
import { exact } from '../format'
import { useAttempt } from '../parts/use-attempt'
import type { PagePath } from '../view/path'
import { exportFormats, saveExports, saveFile } from './export'
import { toCsv } from './session-table'

/** Saves sessions as a file: the table of them, or their transcripts in each format. */
export function ExportMenu({ sessions: key, path }: { sessions: exportMenu_sessions$key; path: PagePath }) {
  const sessions = useFragment(
    graphql`
      fragment exportMenu_sessions on Session @relay(plural: true) {
        uuid
        title
        previewText
        agent
        model
        createdBy {
          login
        }
        project {
          name
        }
        labels {
          key
          values
        }
        messageCount
        failedCallCount
        durationMs
        usage {
          totalTokens
          totalCostUsd
        }
        annotationScores {
          name
          mean
        }
        createdAt
        lastMessageAt
      }
    `,
    key,
  )
  const environment = useRelayEnvironment()
  const { attempt, tell, told } = useAttempt()
  const count = `${exact(sessions.length)} ${sessions.length === 1 ? 'session' : 'sessions'}`
  return (
    <>
      <MenuTrigger>
        <Button className="button">Export ▾</Button>
        <Popover className="popover">
          <Menu className="menu" aria-label="Export">
            <MenuItem
              className="menu-item"
              onAction={() => {
                saveFile(`${path.workspace}-sessions.csv`, [toCsv(sessions)], 'text/csv')
                tell(`${count} exported.`)
              }}
            >
              The table as CSV
            </MenuItem>
            {exportFormats.map(({ name, title }) => (
              <MenuItem
                key={name}
                className="menu-item"
                onAction={() =>
                  attempt(
                    () =>
                      saveExports(environment, path, sessions, name, (read) =>
                        tell(`${exact(read)} of ${count} read…`),
                      ),
                    `${count} exported as ${title}.`,
                  )
                }
              >
                Transcripts as {title}, a line each
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {told}
    </>
  )
}
