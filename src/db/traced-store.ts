import { currentWork } from '../work.js'
import { overlay } from './overlay.js'
import type { Db, Sql, Store } from './sql.js'

/** How much of a statement is told; its values are parameters, and stay where they are. */
const MOST_TEXT = 2000

/** A store whose statements are parts of the trace of the request that they are for. */
export function traceStatements(store: Store): Store {
  return overlay(store, {
    ...traced(store),
    transact: <Result>(work: (db: Db) => Promise<Result>) => store.transact((db) => work(traced(db))),
  }) as Store
}

function traced(db: Db): Db {
  return {
    $queryRaw: <Rows>(statement: Sql) =>
      timed(
        statement,
        () => db.$queryRaw<Rows>(statement),
        (rows) => ({ 'db.response.returned_rows': Array.isArray(rows) ? rows.length : 0 }),
      ),
    $executeRaw: (statement) =>
      timed(
        statement,
        () => db.$executeRaw(statement),
        (rows) => ({ 'session_gateway.written_rows': rows }),
      ),
  }
}

async function timed<Result>(
  { text }: Sql,
  run: () => Promise<Result>,
  tell: (result: Result) => Record<string, number>,
): Promise<Result> {
  const trace = currentWork()?.trace
  if (!trace) return run()
  const summary = summaryOf(text)
  const span = trace.begin(summary, {
    'db.system.name': 'postgresql',
    'db.query.summary': summary,
    'db.query.text': text.slice(0, MOST_TEXT),
  })
  try {
    const result = await run()
    span.end(tell(result))
    return result
  } catch (error) {
    span.end({}, error)
    throw error
  }
}

const write = /(?<!\bfor (?:no key )?)\b(insert|update|delete)\s+(?:into\s+|from\s+|only\s+)*"?([a-z_]\w*)/i
const read = /\b(select)\b(?:[\s\S]*?\bfrom\s+(?:only\s+)?"?([a-z_]\w*))?/i

/** What a statement does and to which table, such as `select sessions`: what it writes counts before what it reads. */
export function summaryOf(text: string): string {
  const [, verb = 'statement', table] = write.exec(text) ?? read.exec(text) ?? []
  return table === undefined ? verb.toLowerCase() : `${verb.toLowerCase()} ${table}`
}
