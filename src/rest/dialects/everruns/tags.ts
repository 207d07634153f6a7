import { z } from '@hono/zod-openapi'
import {
  controlCharacter,
  LABEL_KEY,
  labelKeyPattern,
  MAX_LABEL_KEYS,
  MAX_LABEL_LENGTH,
  MAX_LABEL_VALUES,
  reservedLabelKeys,
} from '../../../rules/label.js'
import { listOf, unstorable } from './texts.js'

/** Labels that only their writer sets; they are no tags (contract 6.3). */
const reserved = new Set(reservedLabelKeys)
const PLAIN = 'tag'

/** As much of what is refused as a pattern can say. */
const pattern = `^(?!(?:${[...reserved].join('|')}):)(?:${LABEL_KEY}:)?[^\\u0000-\\u001f\\u007f-\\u009f]{1,${MAX_LABEL_LENGTH}}$`

interface Label {
  key: string
  values: readonly string[]
}

/** Labels as tags: plain ones as they are, then `key:value` by key in byte order; each text once. */
export function toTags(labels: readonly Label[]): string[] {
  const shown = labels.filter(({ key }) => !reserved.has(key))
  const plain = shown.filter(({ key }) => key === PLAIN).flatMap(({ values }) => values)
  const keyed = shown
    .filter(({ key }) => key !== PLAIN)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ key, values }) => values.map((value) => `${key}:${value}`))
  return [...new Set([...plain, ...keyed])]
}

/** Tags in a request, read as labels. */
export const givenTags = listOf(z.string().min(1))
  .transform((tags, context) => {
    const labels = toLabels(tags)
    const fault = findFault(tags, labels)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    return labels
  })
  .openapi({
    type: 'array',
    items: { type: 'string', minLength: 1, pattern },
    description: `Each is kept as a label: \`key:value\` under its key, any other text as a plain tag; at most ${MAX_LABEL_VALUES} under one key, and as many plain ones.`,
  })

/** Every tag under its key, or as a plain one; duplicates collapse. */
function toLabels(tags: readonly string[]): Label[] {
  const labels = new Map<string, Set<string>>()
  for (const tag of tags) {
    // One too many tells that there are too many.
    if (labels.size > MAX_LABEL_KEYS) break
    const [key, value] = split(tag)
    labels.set(key, (labels.get(key) ?? new Set()).add(value))
  }
  return [...labels].map(([key, values]) => ({ key, values: [...values] }))
}

function split(tag: string): [key: string, value: string] {
  const colon = tag.indexOf(':')
  const key = tag.slice(0, Math.max(colon, 0))
  const value = tag.slice(colon + 1)
  return labelKeyPattern.test(key) && key !== PLAIN && value !== '' ? [key, value] : [PLAIN, tag]
}

function findFault(tags: readonly string[], labels: readonly Label[]): string | null {
  const key = tags.map((tag) => /^([^:]*):/.exec(tag)?.[1] ?? '').find((text) => reserved.has(text))
  if (key !== undefined) return `Reserved tag key: ${key}`
  if (labels.length > MAX_LABEL_KEYS) return `Invalid tags: at most ${MAX_LABEL_KEYS} keys`
  for (const { key, values } of labels) {
    if (values.length > MAX_LABEL_VALUES)
      return `Invalid tags: at most ${MAX_LABEL_VALUES} values under ${key}`
    if (values.some((value) => [...value].length > MAX_LABEL_LENGTH))
      return `Invalid tags: a value has at most ${MAX_LABEL_LENGTH} characters`
    // The labels that both APIs write hold none (of the workspace sessions API's rules).
    if (values.some((value) => unstorable.test(value) || controlCharacter.test(value)))
      return 'Invalid tags: a tag has no control characters or unpaired surrogates'
  }
  return null
}
