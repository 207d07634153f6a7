/**
 * A time of a file in ISO 8601 with an offset: of a text, of seconds, or of milliseconds since 1970; null for no time.
 * A text without an offset is read as UTC.
 */
export function isoTime(value: unknown): string | null {
  if (typeof value === 'number') return ofMilliseconds(value > 1e11 ? value : value * 1000)
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null
  const text = value.includes('T') ? value : value.replace(' ', 'T')
  const hasOffset = !text.includes('T') || /(?:Z|[+-]\d\d:?\d\d)$/i.test(text)
  return ofMilliseconds(Date.parse(hasOffset ? text : `${text}Z`))
}

function ofMilliseconds(milliseconds: number): string | null {
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}
