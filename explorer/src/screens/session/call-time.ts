import { duration } from '../../format'

/** How long a call took, by when its result was kept; the empty text where both came at once. */
export function timeTaken(at: string, result: { readonly createdAt: string }): string {
  const ms = Date.parse(result.createdAt) - Date.parse(at)
  return ms > 0 ? duration(ms) : ''
}
