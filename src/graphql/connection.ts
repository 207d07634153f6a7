import type { PageOf } from '../domain/page.js'

/** A page of the domain as a Relay connection, each row under the cursor where it stands, which is made when it is read. */
export function toConnection<Row>({ rows, ...page }: PageOf<Row>, cursorOf: (row: Row) => string) {
  const at = (row: Row | undefined) => (row === undefined ? null : cursorOf(row))
  return {
    edges: rows.map((node) => ({
      node,
      get cursor() {
        return cursorOf(node)
      },
    })),
    pageInfo: {
      ...page,
      get startCursor() {
        return at(rows.at(0))
      },
      get endCursor() {
        return at(rows.at(-1))
      },
    },
  }
}
