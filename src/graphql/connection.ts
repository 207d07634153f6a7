import type { PageOf } from '../domain/page.js'

/** A page of the domain as a Relay connection, each row under the cursor where it stands. */
export function toConnection<Row>({ rows, ...page }: PageOf<Row>, cursorOf: (row: Row) => string) {
  const edges = rows.map((node) => ({ node, cursor: cursorOf(node) }))
  return {
    edges,
    pageInfo: { ...page, startCursor: edges.at(0)?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  }
}
