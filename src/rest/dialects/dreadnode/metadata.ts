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
  let texts = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    texts += typeof value === 'string' ? value.length : entries.length
    if (path.length > MAX_DEPTH) return refuse(error(`at most ${MAX_DEPTH} levels of nesting are allowed`))
    if (texts > MAX_BYTES) return refuse(tooLarge)
    if (typeof value === 'string' && unstorable.test(value)) refuse({ ...unstorableText, path })
    for (const [key, child] of entries) {
      if (unstorable.test(key)) refuse({ ...unstorableText, path })
      open.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] })
    }
  }
  if (Buffer.byteLength(JSON.stringify(root)) > MAX_BYTES) refuse(tooLarge)
}

function error(msg: string): Violation {
  return { type: 'value_error', msg: `Value error, ${msg}` }
}

const tooLarge = error(`at most ${MAX_BYTES} bytes of JSON are allowed`)
const unstorableText = error('U+0000 and lone surrogates are not allowed')
