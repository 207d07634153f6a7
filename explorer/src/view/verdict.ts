/** A label that annotations of a name gave, as one text: `helpfulness:good`. Percent signs and colons of the name are escaped. */
export const writeVerdict = (name: string, label: string): string => `${escapeName(name)}:${label}`

/** The name and the label of such a text; null where it has no label. */
export function readVerdict(text: string): { name: string; label: string } | null {
  const at = text.indexOf(':')
  if (at < 1) return null
  return { name: unescapeName(text.slice(0, at)), label: text.slice(at + 1) }
}

/** A name of annotations as it stands before a colon. */
export const escapeName = (name: string): string => name.replace(/[%:]/g, encodeURIComponent)

/** The name that `escapeName` wrote. */
export const unescapeName = (text: string): string => text.replace(/%(25|3A)/gi, decodeURIComponent)
