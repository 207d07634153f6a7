import type { PopoverFacetsQuery, SessionsAfterQuery, TranscriptTailQuery } from './documents.generated.js'

type Facets = PopoverFacetsQuery['workspace']['sessionFacets']
interface FacetPage<Node> {
  edges: readonly { node: Node; count: number }[]
  remainingCount: number
}
type Page = SessionsAfterQuery['workspace']['sessions']
type Transcript = TranscriptTailQuery['workspace']['session']

/** One line a dimension: each value with its number of sessions. */
export function printFacets({ agents, models, users, labels }: Facets): void {
  printValues('agents', agents, ({ value }) => value)
  printValues('models', models, ({ value }) => value)
  printValues('users', users, ({ login }) => login)
  for (const label of labels) printValues(`label ${label.key}`, label, ({ value }) => value)
}

/** The first values of a dimension, and how many more there are. */
function printValues<Node>(dimension: string, page: FacetPage<Node>, nameOf: (node: Node) => string): void {
  const values = page.edges.map(({ node, count }) => `${nameOf(node)} ${count}`)
  if (page.remainingCount > 0) values.push(`and ${page.remainingCount} more`)
  console.log(`${dimension.padEnd(18)} ${values.join(', ')}`)
}

/** How many sessions match, and one line a session of this page. */
export function printPage({ totalCount, edges }: Page): void {
  console.log(`\n${edges.length} of ${totalCount} sessions:`)
  for (const { node } of edges) {
    const cost = node.usage.totalCostUsd === null ? '' : `$${node.usage.totalCostUsd.toFixed(3)}`
    console.log(
      [
        node.updatedAt.slice(0, 10),
        (node.agent ?? '').padEnd(14),
        (node.createdBy?.login ?? '').padEnd(6),
        cost.padStart(6),
        node.title ?? '(no title)',
      ].join('  '),
    )
  }
}

/** The title of a session, and one line a message. */
export function printTranscript({ title, transcript }: Transcript): void {
  console.log(`\nThe end of “${title ?? '(no title)'}”:`)
  for (const { node } of transcript.edges) {
    const calls = (node.toolCalls ?? []).map(({ name }) => `calls ${name}`).join(', ')
    console.log([`${node.seq}`.padStart(4), node.role.padEnd(9), oneLine(node.content || calls)].join('  '))
  }
}

/** One line: what the gateway refused, or why it was not reached. */
export function printFailure(error: Error & { response?: { errors?: { message: string }[] } }): void {
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  console.error(error.response?.errors?.[0]?.message ?? `${error.message}${cause}`)
  process.exitCode = 1
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
