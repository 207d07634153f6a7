import { LRUCache } from 'lru-cache'

type Row = Record<string, unknown>
type Make = (values: readonly unknown[]) => Row

/** Statements name their columns in a few hundred ways. */
const MAX_SHAPES = 500

const shapes = new LRUCache<string, Make>({ max: MAX_SHAPES })

/**
 * Rows by the names of their columns. The driver sets the members of each row one by one, by names that it reads from a list:
 * V8 keeps such an object of more than a dozen members as a table, which takes ten times as long to make and to read.
 */
export function rowsOf(fields: readonly { name: string }[], values: readonly (readonly unknown[])[]): Row[] {
  if (values.length === 0) return []
  const names = fields.map(({ name }) => name)
  const key = `${names.length}\0${names.join('\0')}`
  const make = shapes.get(key) ?? shapeOf(names)
  shapes.set(key, make)
  return values.map(make)
}

function shapeOf(names: readonly string[]): Make {
  const members = names.map((name, at) => `${JSON.stringify(name)}: values[${at}]`)
  return new Function('values', `return { ${members.join(', ')} }`) as Make
}
