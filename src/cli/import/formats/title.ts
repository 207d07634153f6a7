const MAX_LENGTH = 100

/** A title from what somebody wrote: its words in one line, cut with an ellipsis; null for nothing. */
export function titleFrom(text: string | null | undefined): string | null {
  const characters = [
    ...(text ?? '')
      .slice(0, 4 * MAX_LENGTH)
      .replace(/\s+/g, ' ')
      .trim(),
  ]
  if (characters.length === 0) return null
  return characters.length <= MAX_LENGTH
    ? characters.join('')
    : `${characters.slice(0, MAX_LENGTH - 1).join('')}…`
}
