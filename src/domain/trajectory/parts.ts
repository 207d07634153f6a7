import type { TrajectoryRow } from './rows.js'

/** A picture of a message, at its place among the parts. */
interface NumberedPicture {
  index: number | null
  url: string
}

/** A message as the parts that it had: texts, and the addresses or bytes of pictures. */
export type MessagePart = { text: string } | { url: string }

const MAX_PARTS = 1000

/** The thoughts that are kept with a row; null without any. */
export function thoughtsOf({ metadata }: Pick<TrajectoryRow, 'metadata'>): string | null {
  const thoughts = metadata?.reasoning_content
  return typeof thoughts === 'string' && thoughts !== '' ? thoughts : null
}

/** The parts of a row that has pictures; null for a text alone. Joined by line breaks, the texts are the content. */
export function partsOf({
  content,
  metadata,
}: Pick<TrajectoryRow, 'content' | 'metadata'>): MessagePart[] | null {
  const pictures = picturesOf(metadata)
  if (pictures.length === 0) return null
  const byIndex = new Map(pictures.flatMap(({ index, url }) => (index === null ? [] : [[index, url]])))
  // A place far behind is none.
  const last = Math.min(Math.max(-1, ...byIndex.keys()), MAX_PARTS)
  const gaps = Array.from({ length: last + 1 }, (_, index) => index).filter((index) => !byIndex.has(index))
  const texts = split(content, Math.max(1, gaps.length))
  const parts: MessagePart[] = []
  for (let index = 0; index <= last; index++) {
    const url = byIndex.get(index)
    const text = url === undefined ? texts.shift() : undefined
    if (url !== undefined) parts.push({ url })
    else if (text !== undefined) parts.push({ text })
  }
  for (const text of texts) if (text !== '' || content !== '') parts.push({ text })
  for (const { index, url } of pictures) if (index === null) parts.push({ url })
  return parts
}

/** What is kept of a row beside thoughts and pictures. */
export function othersOf(metadata: TrajectoryRow['metadata']): Record<string, unknown> | null {
  const { reasoning_content, content, ...others } = metadata ?? {}
  const isPictures = Array.isArray(content) && content.every((part) => pictureOf(part) !== null)
  const left = { ...others, ...(content === undefined || isPictures ? {} : { content }) }
  return Object.keys(left).length === 0 ? null : left
}

function picturesOf(metadata: TrajectoryRow['metadata']): NumberedPicture[] {
  const { content } = metadata ?? {}
  return Array.isArray(content) ? content.map(pictureOf).filter((picture) => picture !== null) : []
}

/** The picture of what an import keeps as `{ index, part }`; null for another part. */
function pictureOf(value: unknown): NumberedPicture | null {
  const { index, part } = Object(value) as { index?: unknown; part?: { image_url?: { url?: unknown } } }
  const url = part?.image_url?.url
  if (typeof url !== 'string') return null
  return { index: Number.isInteger(index) ? Number(index) : null, url }
}

/** The text in at most so many pieces, cut at its first line breaks. */
function split(text: string, count: number): string[] {
  const lines = text.split('\n')
  const pieces = lines.slice(0, count - 1)
  return [...pieces, lines.slice(pieces.length).join('\n')]
}
