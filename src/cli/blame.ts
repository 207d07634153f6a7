import { DomainError } from '../domain/errors.js'
import { CliError, endSentence, exitCodes } from './failure.js'
import { Refusal } from './gateway/refusal.js'
import { cut } from './terminal-text.js'

/** Longest value that a sentence repeats. */
const SHOWN = 60

/** What a field of an input is called on the command line, and what was typed there. */
export type Typed = Readonly<Record<string, readonly [name: string, value?: string | null | undefined]>>

/**
 * A value that breaks a rule is wrong usage, told of where it was typed: `Takes a name` becomes `--name takes a name, not "".`
 * What begins otherwise names its subject itself.
 */
export function blameFlags(typed: Typed): (error: unknown) => never {
  return (error) => {
    const fault = faultOf(error)
    if (fault === null) throw error
    const [name, value] = typed[fault.field] ?? []
    throw new CliError(endSentence(withSubject(fault.message, name, value)), exitCodes.usage)
  }
}

/** Which field breaks a rule, and how; a gateway that is asked says it as `name: Takes a name`. */
function faultOf(error: unknown): { field: string; message: string } | null {
  const isFault = error instanceof DomainError || error instanceof Refusal
  if (!isFault || error.code !== 'INVALID_INPUT') return null
  const [issue] = error instanceof DomainError ? (error.details.issues ?? []) : []
  if (issue !== undefined) return { field: String(issue.path[0]), message: issue.message }
  const [, field = '', message = error.message] = /^(\w+): (.*)$/s.exec(error.message) ?? []
  return { field, message }
}

function withSubject(message: string, name: string | undefined, value: string | null | undefined): string {
  const [, rule] = /^(?:Takes |(?=At most ))(.*)$/s.exec(message) ?? []
  if (name === undefined || rule === undefined) return message
  const given = typeof value === 'string' ? `, not "${cut(value, SHOWN)}"` : ''
  return `${name} takes ${rule.charAt(0).toLowerCase()}${rule.slice(1)}${given}`
}

/** What is not there is told by what was typed, with what shows or makes it. */
export function blameAbsent(sentence: string): (error: unknown) => never {
  return (error) => {
    const isRefusal = error instanceof DomainError || error instanceof Refusal
    throw isRefusal && error.code === 'NOT_FOUND' ? new CliError(sentence) : error
  }
}
