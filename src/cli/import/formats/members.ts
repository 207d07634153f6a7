import { isObject } from '../source.js'
import type { Json } from './loose.js'

/**
 * What a reader takes in of a value, or keeps as it is: all of it; of objects, those in a list too, what is named; or nothing of
 * a kind that it does not know. Texts and numbers are always taken in.
 */
export type Shape = true | Members | { left: string } | ((object: Json) => Shape)

interface Members {
  /** What reports call such objects: `parts`. */
  of: string
  inner: ReadonlyMap<string, Shape>
  /** Whether its other members are kept. */
  keeps: boolean
}

/** Objects of which the members named in `whole`, apart by spaces, are taken in whole, and others as far as their shape says. */
export function members(of: string, whole: string, inner: Readonly<Record<string, Shape>> = {}): Members {
  const taken = whole.split(' ').map((name) => [name, true] as const)
  return { of, inner: new Map<string, Shape>([...taken, ...Object.entries(inner)]), keeps: false }
}

/** Objects that are kept but for the members that are taken in as far as their shape says. */
export function kept(inner: Readonly<Record<string, Shape>>): Members {
  return { of: '', inner: new Map(Object.entries(inner)), keeps: true }
}

/** Says of every member that nobody takes in what it is: `logprobs of parts`. */
export function findUnread(value: unknown, shape: Shape, say: (what: string) => void): void {
  if (shape === true) return
  if (Array.isArray(value)) {
    for (const one of value) findUnread(one, shape, say)
    return
  }
  if (!isObject(value)) return
  if (typeof shape === 'function') findUnread(value, shape(value), say)
  else if ('left' in shape) say(shape.left)
  else
    for (const name of Object.keys(value)) {
      const inner = shape.inner.get(name)
      if (inner !== undefined) findUnread(value[name], inner, say)
      else if (!shape.keeps && says(value[name])) say(`${name} of ${shape.of}`)
    }
}

/** Whether a value tells anything: null, an empty list and an empty text are how formats say nothing. */
function says(value: unknown): boolean {
  return value != null && value !== '' && !(Array.isArray(value) && value.length === 0)
}
