/** What a request's headers are asked by, names in lower case. */
export interface HeaderSource {
  get(name: string): string | null
}

/**
 * The key that a request gives: `X-API-Key`, or else the value of `Authorization: Bearer`; where it has neither header, what `further`
 * finds. Null without one.
 */
export function readKey<Source extends HeaderSource>(
  headers: Source,
  further?: (headers: Source) => string | null,
): string | null {
  const key = headers.get('x-api-key')
  if (key) return key
  const authorization = headers.get('authorization')
  if (authorization) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null
  return further?.(headers) ?? null
}
