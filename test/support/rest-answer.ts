import { dialects } from '../../src/rest/dialects.js'
import { documents, findFault, findOperation } from './rest-document.js'

/** JSON, a value a line. */
export const linesType = 'application/x-ndjson'

interface Answer {
  status: number
  headers: Headers
  text: string
  body: unknown
}

/** What the document of its dialect does not say of an answer: its status, type or body; null when all is declared. */
export function findUndeclared(method: string, path: string, answer: Answer): string | null {
  const dialect = dialects.find(({ mount }) => path === mount || path.startsWith(`${mount}/`))?.name
  if (dialect === undefined) return null
  const operation = findOperation(method, path)
  // What is no operation is refused in the words that the dialect has for any failure.
  if (operation === null) return answer.status < 400 ? 'no operation' : checkFailure(dialect, method, answer)
  const declared = operation.responses.get(answer.status)
  if (declared === undefined) return 'the status is not declared'
  if (declared === null) return answer.text === '' ? null : 'a body where none is declared'
  const { type, schema } = declared
  const given = answer.headers.get('content-type')
  if (given !== type) return `the content type ${given}`
  if (method === 'HEAD') return answer.text === '' ? null : 'a body to HEAD'
  const bodies = type === linesType ? (answer.body as unknown[]) : [answer.body]
  return bodies.map((body) => findFault(dialect, schema, body)).find((fault) => fault !== null) ?? null
}

function checkFailure(dialect: string, method: string, answer: Answer): string | null {
  if (method === 'HEAD') return null
  const { ErrorResponse, Error: failure } = documents.get(dialect)?.components.schemas ?? {}
  return findFault(dialect, ErrorResponse ?? failure, answer.body)
}
