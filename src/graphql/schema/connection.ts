import type { PageOf } from '../../domain/page.js'

// Classes: V8 ties the getters of a literal, and so the rows that they reach, to its shape, which outlives the request.

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

type Page = Omit<PageOf<unknown>, 'rows'>

/** What lies beyond a page, and the cursors of its ends; null on an empty page. */
class PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly #cursorAt: (index: number) => string | null

  constructor(page: Page, cursorAt: (index: number) => string | null) {
    this.hasNextPage = page.hasNextPage
    this.hasPreviousPage = page.hasPreviousPage
    this.#cursorAt = cursorAt
  }

  get startCursor(): string | null {
    return this.#cursorAt(0)
  }

  get endCursor(): string | null {
    return this.#cursorAt(-1)
  }
}

/** A page of the domain as a Relay connection. */
export function toConnection<Row>({ rows, ...page }: PageOf<Row>, cursorOf: (row: Row) => string) {
  return withPageInfo(
    rows.map((node) => new Edge(node, cursorOf)),
    page,
  )
}

/** Edges of any kind as a Relay connection. */
export function withPageInfo<Edges extends readonly { cursor: string }[]>(edges: Edges, page: Page) {
  return { edges, pageInfo: new PageInfo(page, (index) => edges.at(index)?.cursor ?? null) }
}
