import { findDepthFault, MAX_LEVELS, MAX_METADATA_BYTES } from '../../../rules/metadata.js'
import { scalar, type Violation } from './scalars.js'

/** Where more texts cannot be stored, these are told. */
const MAX_FAULTS = 20
const unstorable = /\p{Surrogate}|\0/u

type Refuse = (violation: Violation) => void

/** Any JSON object, up to 64 KiB as JSON text. */
export const metadata = scalar(
  { type: 'object', additionalProperties: true },
  (value, refuse): Record<string, unknown> => {
    if (!isObject(value)) refuse(notAnObject)
    else if (refuseDepth(value, refuse)) {
      const text = JSON.stringify(value)
      if (Buffer.byteLength(text) > MAX_METADATA_BYTES)
        refuse(violation(`at most ${MAX_METADATA_BYTES} bytes of JSON are allowed`))
      refuseTexts(value, refuse)
    }
    return value as Record<string, unknown>
  },
)

/** Any JSON object of up to 200 levels, however large, whatever its texts hold. */
export const messageMetadata = scalar(
  { type: 'object', additionalProperties: true },
  (value, refuse): Record<string, unknown> => {
    if (!isObject(value)) refuse(notAnObject)
    else refuseDepth(value, refuse)
    return value as Record<string, unknown>
  },
)

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether lists and objects are nested no deeper than is kept; what comes from outside may be deeper than the stack. */
function refuseDepth(value: object, refuse: Refuse): boolean {
  const kept = findDepthFault(value) === null
  if (!kept) refuse(violation(`at most ${MAX_LEVELS} levels are allowed`))
  return kept
}

/** Refuses texts and keys that cannot be stored, where they stand. */
function refuseTexts(root: object, refuse: Refuse): void {
  let left = MAX_FAULTS
  const refuseAt = (path: (string | number)[]) => {
    left -= 1
    refuse({ ...unstorableText, path })
  }
  const visit = (value: unknown, path: (string | number)[]): void => {
    if (typeof value === 'string' && unstorable.test(value)) refuseAt(path)
    if (typeof value !== 'object' || value === null) return
    for (const [key, nested] of Object.entries(value)) {
      if (left <= 0) return
      if (unstorable.test(key)) refuseAt(path)
      visit(nested, [...path, Array.isArray(value) ? Number(key) : key])
    }
  }
  visit(root, [])
}

function violation(msg: string): Violation {
  return { type: 'value_error', msg: `Value error, ${msg}` }
}

const notAnObject: Violation = { type: 'dict_type', msg: 'Input should be a valid dictionary' }
const unstorableText = violation('U+0000 and lone surrogates are not allowed')
