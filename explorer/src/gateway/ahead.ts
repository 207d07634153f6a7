import type { GraphQLResponse, RequestParameters, Variables } from 'relay-runtime'
import { fetchAnswer } from './answer'
import { readCaller } from './key'

/** After so long an answer that nobody took is no longer new. */
const KEPT_MS = 10_000

interface Ahead {
  asked: Promise<GraphQLResponse>
  /** Null until it is there. */
  answer: GraphQLResponse | null
}

const ahead = new Map<string, Ahead>()

// Relay orders variables as the operation declares them.
const nameOf = (request: RequestParameters, variables: Variables) =>
  JSON.stringify([readCaller(), request.id, Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1))])

export type Question = readonly [request: RequestParameters, variables: Variables]

/** Asks what a part of the page is about to ask, which takes this answer; ends when it is there, or failed. */
export function askAhead(...[request, variables]: Question): Promise<void> {
  return keep(nameOf(request, variables), fetchAnswer(request, variables))
}

/**
 * Asks what several parts of the page are about to ask; no answer is given before the last is there, so that what shows them
 * together is rendered once.
 */
export function askTogether(questions: readonly Question[]): void {
  const answers = questions.map(([request, variables]) => fetchAnswer(request, variables))
  const all = Promise.allSettled(answers)
  for (const [index, [request, variables]] of questions.entries())
    void keep(
      nameOf(request, variables),
      all.then(() => answers[index] as Promise<GraphQLResponse>),
    )
}

/** Whether what was asked ahead still waits to be taken. */
export const isAsked = (...[request, variables]: Question): boolean => ahead.has(nameOf(request, variables))

function keep(name: string, asked: Promise<GraphQLResponse>): Promise<void> {
  const entry: Ahead = { asked, answer: null }
  ahead.set(name, entry)
  setTimeout(() => ahead.get(name) === entry && ahead.delete(name), KEPT_MS)
  return asked.then(
    (answer) => {
      entry.answer = answer
    },
    () => {},
  )
}

/** The answer that was asked ahead, at once where it is there already; asks where none was. */
export function takeAnswer(
  request: RequestParameters,
  variables: Variables,
): GraphQLResponse | Promise<GraphQLResponse> {
  const name = nameOf(request, variables)
  const entry = ahead.get(name)
  if (entry === undefined) return fetchAnswer(request, variables)
  ahead.delete(name)
  return entry.answer ?? entry.asked
}
