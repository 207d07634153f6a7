const iso = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/

/** A date or time in ISO 8601, or null for any other text, and for a day that no calendar has. */
export function readDate(text: string): Date | null {
  const day = iso.exec(text)?.[1]
  const date = new Date(text)
  if (day === undefined || Number.isNaN(date.getTime())) return null
  // The 30th of February would be read as the 2nd of March.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? date : null
}
