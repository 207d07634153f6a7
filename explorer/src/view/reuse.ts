/** `after` made of what it shares with `before`: equal parts are the same objects, so that what shows them need not render anew. */
export function reuse<Value>(before: Value, after: Value): Value {
  if (Object.is(before, after)) return before
  if (!isPlain(before) || !isPlain(after) || Array.isArray(before) !== Array.isArray(after)) return after
  const made = Object.entries(after).map(([name, value]) => [name, reuse(before[name], value)] as const)
  const isSame =
    made.length === Object.keys(before).length &&
    made.every(([name, value]) => Object.hasOwn(before, name) && Object.is(before[name], value))
  if (isSame) return before
  return (Array.isArray(after) ? made.map(([, value]) => value) : Object.fromEntries(made)) as Value
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
