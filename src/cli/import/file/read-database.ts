export type DatabaseRow = Record<string, unknown>

/** A database of SQLite, which is read. */
export interface ReadDatabase {
  tables: ReadonlySet<string>
  /** The rows of a query, one after the other. */
  each(sql: string, values?: readonly string[]): Iterable<DatabaseRow>
}
