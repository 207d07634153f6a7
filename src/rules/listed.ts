/** The words of a text, for lists of names that would take a line each. */
export const listed = (text: string): string[] => text.trim().split(/\s+/)

/** As `listed`, to look names up in. */
export const setOf = (text: string): ReadonlySet<string> => new Set(listed(text))
