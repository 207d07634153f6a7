const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const hexPattern = /^[0-9a-f]{32}$/

/** The least of all uuids, which nothing has. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000'

/** Whether the text is a uuid in its canonical, lower-case form. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}

/** The canonical form of a uuid written in any case, with or without hyphens; null when it is none. */
export function parseUuid(text: string): string | null {
  const hex = text.replaceAll('-', '').toLowerCase()
  return hexPattern.test(hex) ? hyphenate(hex) : null
}

/** A uuid with hyphens, from its 32 hex digits. */
export function hyphenate(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The hex digits of a uuid or of a prefix of one, 4 to 32 in lower case, with or without hyphens; null when it is neither. */
export function parseUuidPrefix(text: string): string | null {
  const hex = text.replaceAll('-', '').toLowerCase()
  return /^[0-9a-f]{4,32}$/.test(hex) ? hex : null
}

/** The lowest and the highest uuid that begin with these hex digits. */
export function uuidRange(prefix: string): [string, string] {
  return [hyphenate(prefix.padEnd(32, '0')), hyphenate(prefix.padEnd(32, 'f'))]
}
