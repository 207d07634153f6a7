import type { PageOf } from '../domain/page.js'

/** A row of a connection under the cursor where it stands, which is made when it is asked for. */
class Edge<Row> {
  readonly node: Row
  readonly #cursorOf: (row: Row) => string

  constructor(node: Row, cursorOf: (row: Row) => string) {
    this.node = node
    this.#cursorOf = cursorOf
  }

  get cursor(): string {
    return this.#cursorOf(this.node)
  }
}

/** A page of the domain as a Relay connection. */
export function toConnection<Row>({ rows, ...page }: PageOf<Row>, cursorOf: (row: Row) => string) {
  const edges = rows.map((node) => new Edge(node, cursorOf))
  return {
    edges,
    pageInfo: {
      ...page,
      get startCursor() {
        return edges.at(0)?.cursor ?? null
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null
      },
    },
  }
}
