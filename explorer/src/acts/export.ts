import { type Environment, fetchQuery, graphql } from 'react-relay'
import type { exportQuery } from '../__generated__/exportQuery.graphql'
import type { PagePath } from '../view/path'

export const exportFormats = [
  { name: 'ATIF', title: 'ATIF', extension: 'atif.json' },
  { name: 'CHAT', title: 'chat messages', extension: 'chat.json' },
  { name: 'ROWS', title: 'rows, with all that is kept', extension: 'rows.json' },
] as const
export type ExportFormat = (typeof exportFormats)[number]['name']

/** Saves a session's whole transcript in a format as a file. */
export async function saveExport(
  environment: Environment,
  path: PagePath,
  id: string,
  format: ExportFormat,
): Promise<void> {
  const whole = await readExport(environment, path, id, format)
  saveFile(`${id}.${extensionOf(format)}`, [JSON.stringify(whole, null, 2)])
}

/** What of a session a line of many tells beside its transcript. */
export interface ExportedSession {
  uuid: string
  title?: string | null
  agent?: string | null
  model?: string | null
}

/** Saves the transcripts of many sessions as one file, a line each; `onRead` hears how many are read. */
export async function saveExports(
  environment: Environment,
  path: PagePath,
  sessions: readonly ExportedSession[],
  format: ExportFormat,
  onRead: (count: number) => void,
): Promise<void> {
  const lines: string[] = []
  for (const { uuid, title = null, agent = null, model = null } of sessions) {
    const whole = await readExport(environment, path, uuid, format)
    const line = Array.isArray(whole) ? { id: uuid, title, agent, model, messages: whole } : whole
    lines.push(`${JSON.stringify(line)}\n`)
    onRead(lines.length)
  }
  saveFile(`${path.workspace}-sessions.${extensionOf(format)}l`, lines)
}

const extensionOf = (format: ExportFormat) =>
  exportFormats.find(({ name }) => name === format)?.extension ?? 'json'

/** Reads a session's whole transcript in a format, page by page. */
async function readExport(
  environment: Environment,
  { organization, workspace }: PagePath,
  id: string,
  format: ExportFormat,
): Promise<unknown> {
  const items: unknown[] = []
  let document: Record<string, unknown> | null = null
  for (let after: string | null = null, more = true; more; ) {
    const page = await readPage(environment, { organization, workspace, id, format, after })
    items.push(...page.items)
    document = page.document ?? document
    after = page.endCursor ?? null
    more = page.hasNextPage
  }
  return format === 'ATIF' ? { ...document, steps: items } : items
}

async function readPage(environment: Environment, variables: exportQuery['variables']) {
  const answer = await fetchQuery<exportQuery>(
    environment,
    graphql`
      query exportQuery($organization: String!, $workspace: String!, $id: String!, $format: TrajectoryFormat!, $after: String) {
        workspace(organization: $organization, slug: $workspace) {
          session(id: $id) {
            trajectory(format: $format, after: $after, first: 500) {
              items
              document
              endCursor
              hasNextPage
            }
          }
        }
      }
    `,
    variables,
  ).toPromise()
  const page = answer?.workspace?.session?.trajectory
  if (page == null) throw new Error(`The session ${variables.id.slice(0, 8)} cannot be read any more.`)
  return page
}

/** Hands a file to the browser. */
export function saveFile(name: string, parts: string[], type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob(parts, { type }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
