import {
  capabilityPattern,
  controlCharacter,
  LABEL_KEY,
  labelKeyPattern,
  MAX_LABEL_KEYS,
  MAX_LABEL_LENGTH,
  MAX_LABEL_VALUES,
} from '../../../rules/label.js'
import { refuseText, scalar, type Violation } from './scalars.js'

const describeValues = (pattern: string) => ({
  type: 'array' as const,
  items: { type: 'string' as const, minLength: 1, maxLength: MAX_LABEL_LENGTH, pattern },
  maxItems: MAX_LABEL_VALUES,
})
const control = '\\u0000-\\u001f\\u007f-\\u009f'
const described = {
  type: 'object' as const,
  // Of what counts as space, other languages leave out U+FEFF.
  properties: { capability: describeValues(`^[^/\\s\\ufeff${control}]+/[^/\\s\\ufeff${control}]+$`) },
  additionalProperties: describeValues(`^[^${control}]*$`),
  propertyNames: { pattern: labelKeyPattern.source },
  maxProperties: MAX_LABEL_KEYS,
}

type LabelEntry = { key: string; values: string[] }

/** Labels of a body (contract 3), as entries. */
export const labels = scalar(described, (value, refuse): LabelEntry[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse({ type: 'dict_type', msg: 'Input should be a valid dictionary' })
    return []
  }
  const entries = Object.entries(value)
  if (entries.filter(([, values]) => !Array.isArray(values) || values.length > 0).length > MAX_LABEL_KEYS) {
    refuse({ type: 'too_long', msg: `Dictionary should have at most ${MAX_LABEL_KEYS} items` })
    return []
  }
  return entries.map(([key, values]) => ({ key, values: readValues(key, values, refuse) }))
})

function readValues(key: string, values: unknown, refuse: (violation: Violation) => void): string[] {
  const at = (...path: number[]) => ({ path: [key, ...path] })
  if (!labelKeyPattern.test(key))
    refuse({
      type: 'string_pattern_mismatch',
      msg: `String should match pattern '${labelKeyPattern.source}'`,
      ...at(),
    })
  if (!Array.isArray(values)) {
    refuse({ type: 'list_type', msg: 'Input should be a valid list', ...at() })
    return []
  }
  const distinct = [...new Set(values)]
  if (distinct.length > MAX_LABEL_VALUES) {
    refuse({ type: 'too_long', msg: `List should have at most ${MAX_LABEL_VALUES} items`, ...at() })
    return []
  }
  for (const value of distinct)
    refuseValue(key, value, (violation) => refuse({ ...violation, ...at(values.indexOf(value)) }))
  return distinct
}

function refuseValue(key: string, value: unknown, refuse: (violation: Violation) => void): void {
  if (typeof value !== 'string') {
    refuse({ type: 'string_type', msg: 'Input should be a valid string' })
    return
  }
  if (value === '') refuse({ type: 'string_too_short', msg: 'String should have at least 1 character' })
  refuseText(value, MAX_LABEL_LENGTH, refuse)
  // U+0000 is refused as a text already.
  if (controlCharacter.test(value.replaceAll('\0', '')))
    refuse({ type: 'value_error', msg: 'Value error, control characters are not allowed' })
  if (key === 'capability' && value !== '' && !capabilityPattern.test(value))
    refuse({ type: 'value_error', msg: 'Value error, a capability has the form org/name' })
}

/** A label filter `key:value`, split at the first colon (SES-LBL-050). */
export const labelFilter = scalar(
  { type: 'string', pattern: `^${LABEL_KEY}:[^\\u0000]{1,${MAX_LABEL_LENGTH}}$` },
  (given, refuse) => {
    const [, key = '', value = ''] = /^([^:]*):([\s\S]*)$/.exec(String(given)) ?? []
    if (!labelKeyPattern.test(key) || value === '')
      refuse({ type: 'value_error', msg: 'Value error, a label filter has the form key:value' })
    else refuseText(value, MAX_LABEL_LENGTH, ({ msg }) => refuse({ type: 'value_error', msg }))
    return { key, value }
  },
)
