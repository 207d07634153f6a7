import { scalar, type Violation } from './scalars.js'

const MAX_BYTES = 65_536
const MAX_DEPTH = 100
const unstorable = /\p{Surrogate}|\0/u

/** Any JSON object, up to 64 KiB as JSON text. */
export const metadata = scalar(
  { type: 'object', additionalProperties: true },
  (value, refuse): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      refuse({ type: 'dict_type', msg: 'Input should be a valid dictionary' })
    else refuseTree(value, refuse)
    return value as Record<string, unknown>
  },
)

/** Walks without recursion: what comes from outside may be nested deeper than the stack. */
function refuseTree(root: object, refuse: (violation: Violation) => void): void {
  const open: { value: unknown; path: (string | number)[] }[] = [{ value: root, path: [] }]
  let size = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    size += typeof value === 'string' ? value.length : entries.length
    if (size > MAX_BYTES || path.length > MAX_DEPTH) break
    for (const text of [value, ...entries.map(([key]) => key)])
      if (typeof text === 'string' && unstorable.test(text)) refuse({ ...unstorableText, path })
    for (const [key, child] of entries)
      open.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] })
    if (open.length === 0 && Buffer.byteLength(JSON.stringify(root)) <= MAX_BYTES) return
  }
  refuse(violation(`at most ${MAX_BYTES} bytes of JSON and ${MAX_DEPTH} levels are allowed`))
}

function violation(msg: string): Violation {
  return { type: 'value_error', msg: `Value error, ${msg}` }
}

const unstorableText = violation('U+0000 and lone surrogates are not allowed')
