/** What a request's headers are asked by, names in lower case. */
export interface HeaderSource {
  get(name: string): string | null
}

/** The key that a request gives: `X-API-Key`, or else the value of `Authorization: Bearer`; null without one. */
export function readKey(headers: HeaderSource): string | null {
  const key = headers.get('x-api-key')
  if (key) return key
  return /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
}

/** Whether a request gives one in either header, be it none. */
export const givesKey = (headers: HeaderSource): boolean =>
  Boolean(headers.get('x-api-key') || headers.get('authorization'))
