/** Stands for what an example leaves out. */
const REST = '…'

/** Where an answer differs from what is shown of it; empty when they agree. */
export function findDisagreements(shown: { language: string; text: string }, answer: string): string[] {
  if (shown.language === 'json') return compare(readJsonValues(shown.text), readJsonValues(answer), 'answer')
  return matches(shown.text, answer.trim()) ? [] : [`It answers\n${answer}`]
}

/** JSON values one after the other, as several commands print them. */
function readJsonValues(text: string): unknown[] {
  const values: unknown[] = []
  let start = 0
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (quoted) {
      if (character === '\\') at++
      else if (character === '"') quoted = false
      continue
    }
    if (character === '"') quoted = true
    if (depth === 0 && '{['.includes(character)) take(at)
    if ('{['.includes(character)) depth++
    if ('}]'.includes(character) && --depth === 0) take(at + 1)
  }
  take(text.length)
  return values

  function take(end: number): void {
    const value = text.slice(start, end).trim()
    if (value !== '') values.push(JSON.parse(value))
    start = end
  }
}

function compare(shown: unknown, actual: unknown, at: string): string[] {
  if (shown === REST) return actual === undefined ? [`${at} is missing`] : []
  if (typeof shown === 'string' && typeof actual === 'string' && matches(shown, actual)) return []
  if (Array.isArray(shown) && Array.isArray(actual)) return compareLists(shown, actual, at)
  if (isObject(shown) && isObject(actual)) return compareObjects(shown, actual, at)
  return shown === actual ? [] : [`${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(shown)}`]
}

/** A list ends with `…` exactly when it goes on. */
function compareLists(shown: readonly unknown[], actual: readonly unknown[], at: string): string[] {
  const open = shown.at(-1) === REST
  const items = open ? shown.slice(0, -1) : shown
  const right = open ? actual.length > items.length : actual.length === items.length
  const length = `${at} has ${actual.length} items: ${JSON.stringify(actual)}`
  return [
    ...(right ? [] : [length]),
    ...items.flatMap((item, index) => compare(item, actual[index], `${at}[${index}]`)),
  ]
}

/** An object has a member `…` exactly when it has members that are not shown. */
function compareObjects(
  { [REST]: rest, ...shown }: Record<string, unknown>,
  actual: Record<string, unknown>,
  at: string,
): string[] {
  const hidden = Object.keys(actual).filter((key) => !(key in shown))
  const trouble =
    rest === undefined && hidden.length > 0
      ? [`${at} also has ${hidden.join(', ')}`]
      : rest !== undefined && hidden.length === 0
        ? [`${at} has nothing more`]
        : []
  return [
    ...trouble,
    ...Object.entries(shown).flatMap(([key, value]) => compare(value, actual[key], `${at}.${key}`)),
  ]
}

/** A text in which `…` stands for any text. */
function matches(shown: string, actual: string): boolean {
  const parts = shown.split(REST).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(actual)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
