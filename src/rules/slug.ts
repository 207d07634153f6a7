/** Longest key of an organization, a workspace or a project. */
export const MAX_SLUG_LENGTH = 63

const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Whether a text may be the key of an organization, a workspace or a project. */
export function isSlug(text: string): boolean {
  return slugPattern.test(text)
}
