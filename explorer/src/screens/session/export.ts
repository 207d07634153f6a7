import { type Environment, fetchQuery, graphql } from 'react-relay'
import type { exportQuery } from '../../__generated__/exportQuery.graphql'
import type { PagePath } from '../../view/path'

export const exportFormats = [
  { name: 'ATIF', title: 'ATIF', extension: 'atif.json' },
  { name: 'CHAT', title: 'chat messages', extension: 'chat.json' },
  { name: 'ROWS', title: 'rows, with all that is kept', extension: 'rows.json' },
] as const
export type ExportFormat = (typeof exportFormats)[number]['name']

/** Reads a session's whole transcript in a format, page by page, and saves it as a file. */
export async function saveExport(
  environment: Environment,
  { organization, workspace }: PagePath,
  id: string,
  format: ExportFormat,
): Promise<void> {
  const items: unknown[] = []
  let document: Record<string, unknown> | null = null
  for (let after: string | null = null, more = true; more; ) {
    const page = await readPage(environment, { organization, workspace, id, format, after })
    items.push(...page.items)
    document = page.document ?? document
    after = page.endCursor ?? null
    more = page.hasNextPage
  }
  const whole = format === 'ATIF' ? { ...document, steps: items } : items
  const extension = exportFormats.find(({ name }) => name === format)?.extension ?? 'json'
  saveFile(`${id}.${extension}`, JSON.stringify(whole, null, 2))
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
  if (page == null) throw new Error('The session cannot be read any more.')
  return page
}

function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
