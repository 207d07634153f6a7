const MAX_BYTES = 65_536
/** Room for what stands instead of what is cut, and for what the gateway counts otherwise. */
const GOAL_BYTES = 60_000
const MIN_CUT_CHARACTERS = 512
const SHOWN_CHARACTERS = 200

/** Metadata that the gateway takes, and what was cut from it. */
export interface FittedMetadata {
  metadata: Record<string, unknown> | null
  /** Kinds of what was cut: `pictures over 64 KiB`. */
  cut: string[]
}

interface Text {
  holder: Record<string, unknown> | unknown[]
  key: string
  text: string
}

/** Metadata within the gateway's limit: the largest texts of it, pictures above all, give way to a note of type and size. */
export function fitMetadata(metadata: Record<string, unknown> | null): FittedMetadata {
  if (metadata === null || sizeOf(metadata) <= MAX_BYTES) return { metadata, cut: [] }
  const copy = structuredClone(metadata)
  const texts = findTexts(copy).sort((a, b) => b.text.length - a.text.length)
  const cut = new Set<string>()
  let size = sizeOf(copy)
  for (const { holder, key, text } of texts) {
    if (size <= GOAL_BYTES || text.length < MIN_CUT_CHARACTERS) break
    const note = noteOf(text)
    ;(holder as Record<string, unknown>)[key] = note.text
    size -= sizeOf(text) - sizeOf(note.text)
    cut.add(note.kind)
  }
  if (size <= MAX_BYTES) return { metadata: copy, cut: [...cut] }
  return { metadata: null, cut: ['metadata over 64 KiB'] }
}

/** What stands for a text that is cut. */
function noteOf(text: string): { text: string; kind: string } {
  const bytes = Buffer.byteLength(text)
  const [, mediaType] = /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(text) ?? []
  if (mediaType !== undefined)
    return { text: `(left out: ${mediaType}, ${bytes} bytes)`, kind: 'pictures over 64 KiB' }
  if (/^[A-Za-z0-9+/=\s_-]+$/.test(text) && !/\s[A-Za-z]+\s/.test(text))
    return { text: `(left out: base64, ${bytes} bytes)`, kind: 'data over 64 KiB' }
  const beginning = [...text.slice(0, SHOWN_CHARACTERS * 2)].slice(0, SHOWN_CHARACTERS).join('')
  return {
    text: `${beginning}… (left out: the rest of ${bytes} bytes)`,
    kind: 'texts of metadata over 64 KiB',
  }
}

function findTexts(value: Record<string, unknown> | unknown[]): Text[] {
  const found: Text[] = []
  const waiting: (Record<string, unknown> | unknown[])[] = [value]
  for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop())
    for (const [key, inner] of Object.entries(holder))
      if (typeof inner === 'string') found.push({ holder, key, text: inner })
      else if (typeof inner === 'object' && inner !== null) waiting.push(inner as Record<string, unknown>)
  return found
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
