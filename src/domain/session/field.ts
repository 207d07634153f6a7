/** Ranges of whole numbers that touch, by where each begins; the last one has no end. */
export type Ranges = readonly [number, ...number[]]

/** What is asked of sessions by a field, and what GraphQL says of that. */
export interface Asked {
  name: string
  describe: string
}

/** What the table says of a field of a session. */
export interface Field {
  /** Its column of `sessions`, or an expression of columns of `sessions s`. */
  column: string
  /** As PostgreSQL names it; `bigint` and `numeric` are shown as the nearest float. */
  type: string
  /** Whether there may be none. Said of large numbers, and of numbers and times that are filtered or sorted by. */
  nullable?: true
  /** What clients call it, where they write it under another name. */
  input?: string
  /** When clients write it: once, or by later saves and updates as well. */
  written?: 'at creation' | 'always'
  /** It is written as it comes: null is nothing to a save, and clears it in an update. */
  plain?: true
  /** Characters of a text, or of each of a list. */
  maxLength?: number
  /** Exports tell it under the name of its column. */
  exported?: true
  /** The member of the filter that takes its values, or a range of them; others stand in `members.ts`. */
  filter?: Asked
  /** The dimension of facets that counts its values, or ranges of them; others stand in `facets/dimensions.ts`. */
  facet?: Asked & { ranges?: Ranges }
  /** The key that lists are sorted by; others stand in `listing/order.ts`. */
  sort?: Asked
  /** Columns in memory hold it; they do anyway where `filter` or `facet` is given. */
  held?: true
}
