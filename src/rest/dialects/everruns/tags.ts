/** Labels that only their writer sets; they are no tags (contract 6.3). */
const reserved = new Set(['capability', 'capability_version', 'worker'])
const PLAIN = 'tag'

/** Labels as tags: plain ones as they are, then `key:value` by key in byte order; each text once. */
export function toTags(labels: readonly { key: string; values: readonly string[] }[]): string[] {
  const shown = labels.filter(({ key }) => !reserved.has(key))
  const plain = shown.filter(({ key }) => key === PLAIN).flatMap(({ values }) => values)
  const keyed = shown
    .filter(({ key }) => key !== PLAIN)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ key, values }) => values.map((value) => `${key}:${value}`))
  return [...new Set([...plain, ...keyed])]
}
