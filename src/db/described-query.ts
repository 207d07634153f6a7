import pg from 'pg'

/** How the rows of a statement are read. */
interface Shape {
  fields: pg.FieldDef[]
  _parsers: unknown
}

/** What the driver's queries use of a connection. */
interface Connection {
  parsedStatements: object
  submittedNamedStatements: object
  bind(config: object): void
  describe(config: object): void
  execute(config: object): void
  close(config: object): void
  sync(): void
}

/** What the driver's query is inside. */
interface Inside {
  name: string
  types: unknown
  _rowMode: string
  _result: pg.Result & Shape
  _results: pg.Result
  _accumulateRows: boolean
  hasBeenParsed(connection: Connection): boolean
  prepare(connection: Connection): void
  handleRowDescription(message: object): void
}

type Callback = (error: Error | undefined, result: pg.QueryResult) => void

// The driver's types know no query that calls back, nor types of a connection's own.
const DriverQuery = pg.Query as unknown as new (text: string, values: unknown, callback: Callback) => Inside

/** What a connection has prepared, and the same connection for queries whose rows need not be described. */
interface Memory {
  shapes: Map<string, Shape>
  undescribed: Connection
}

const memories = new WeakMap<Connection, Memory>()

export type NamedStatement = pg.QueryConfig & {
  name: string
  types?: pg.CustomTypesConfig
  rowMode?: 'array'
}

/**
 * A query of a prepared statement, whose rows are described to a connection once: the server refuses to run a statement whose
 * rows have become others since it was prepared. Not for a pooler, behind which another server process may prepare it anew.
 */
export class DescribedQuery extends DriverQuery {
  #memory: Memory | undefined

  constructor({ text, values, name, types, rowMode = 'array' }: NamedStatement, callback: Callback) {
    // By its text, since the driver copies what it is configured by member by member.
    super(text, values, callback)
    this.name = name
    this.types = types
    this._rowMode = rowMode
    this._result = new pg.Result(rowMode, types as never) as Inside['_result']
    this._results = this._result
  }

  override prepare(connection: Connection): void {
    const memory = memoryOf(connection)
    const shape = this.hasBeenParsed(connection) ? memory.shapes.get(this.name) : undefined
    if (shape === undefined) {
      this.#memory = memory
      super.prepare(connection)
      return
    }
    this._result.fields = shape.fields
    this._result._parsers = shape._parsers
    this._accumulateRows = true
    super.prepare(memory.undescribed)
  }

  override handleRowDescription(message: object): void {
    super.handleRowDescription(message)
    const { fields, _parsers } = this._result
    this.#memory?.shapes.set(this.name, { fields, _parsers })
  }
}

function memoryOf(connection: Connection): Memory {
  const before = memories.get(connection)
  if (before !== undefined) return before
  const memory = { shapes: new Map<string, Shape>(), undescribed: withoutDescribing(connection) }
  memories.set(connection, memory)
  return memory
}

function withoutDescribing(connection: Connection): Connection {
  const { parsedStatements, submittedNamedStatements } = connection
  return {
    parsedStatements,
    submittedNamedStatements,
    bind: (config) => connection.bind(config),
    describe: () => {},
    execute: (config) => connection.execute(config),
    close: (config) => connection.close(config),
    sync: () => connection.sync(),
  }
}
