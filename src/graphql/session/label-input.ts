import type { Labels } from '../../rules/label.js'
import { builder } from '../schema/builder.js'

export const LabelInput = builder.inputType('LabelInput', {
  description: 'A label key with its values.',
  fields: (t) => ({
    key: t.required('String', 'The key: lower-case letters, digits, `_`, `.` and `-`; up to 64 characters.'),
    values: t.required(['String'], 'Up to 32 values of 1 to 256 characters; the order does not count.'),
  }),
})

/** Labels from their list; values under a repeated key join. */
export function readLabels(input: readonly { key: string; values: readonly string[] }[]): Labels {
  const labels = new Map<string, readonly string[]>()
  for (const { key, values } of input) labels.set(key, [...(labels.get(key) ?? []), ...values])
  return Object.fromEntries(labels)
}
