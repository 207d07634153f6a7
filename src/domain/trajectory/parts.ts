import type { TrajectoryRow } from './rows.js'

/** A part of a message that is no text, at its index among the parts. */
interface NumberedPart {
  index: number | null
  part: MessagePart | KeptPart
}

/** A message as the parts that it had: texts, and the addresses or bytes of pictures. */
export type MessagePart = { text: string } | { url: string }

/** A part of another kind, as it came. */
export interface KeptPart {
  kept: object
}

type PartedRow = Pick<TrajectoryRow, 'content' | 'metadata'>

/** Parts that messages of Chat Completions have beside texts and pictures. */
export const CHAT_PARTS: ReadonlySet<unknown> = new Set(['file', 'input_audio', 'refusal'])

const NO_PARTS: ReadonlySet<unknown> = new Set()

const MAX_PARTS = 1000

/** The thoughts that are kept with a row; null without any. */
export function thoughtsOf({ metadata }: Pick<TrajectoryRow, 'metadata'>): string | null {
  const thoughts = metadata?.reasoning_content
  return typeof thoughts === 'string' && thoughts !== '' ? thoughts : null
}

/** The parts of a row that has pictures, or parts of these kinds; null for a text alone. Joined by line breaks, the texts are the content. */
export function partsOf(row: PartedRow): MessagePart[] | null
export function partsOf(row: PartedRow, kinds: ReadonlySet<unknown>): (MessagePart | KeptPart)[] | null
export function partsOf({ content, metadata }: PartedRow, kinds = NO_PARTS): unknown[] | null {
  const numbered = numberedParts(metadata, kinds)
  if (numbered.length === 0) return null
  const byIndex = new Map(numbered.flatMap(({ index, part }) => (index === null ? [] : [[index, part]])))
  // A place far behind is none.
  const last = Math.min(Math.max(-1, ...byIndex.keys()), MAX_PARTS)
  const gaps = Array.from({ length: last + 1 }, (_, index) => index).filter((index) => !byIndex.has(index))
  const texts = split(content, Math.max(1, gaps.length))
  const parts: (MessagePart | KeptPart)[] = []
  for (let index = 0; index <= last; index++) {
    const part = byIndex.get(index)
    const text = part === undefined ? texts.shift() : undefined
    if (part !== undefined) parts.push(part)
    else if (text !== undefined) parts.push({ text })
  }
  for (const text of texts) if (text !== '' || content !== '') parts.push({ text })
  for (const { index, part } of numbered) if (index === null) parts.push(part)
  return parts
}

/** What is kept of a row beside thoughts, pictures and parts of these kinds. */
export function othersOf(
  metadata: TrajectoryRow['metadata'],
  kinds = NO_PARTS,
): Record<string, unknown> | null {
  const { reasoning_content, content, ...others } = metadata ?? {}
  const isParts = Array.isArray(content) && content.every((value) => numberedPart(value, kinds) !== null)
  const left = { ...others, ...(content === undefined || isParts ? {} : { content }) }
  return Object.keys(left).length === 0 ? null : left
}

function numberedParts(metadata: TrajectoryRow['metadata'], kinds: ReadonlySet<unknown>): NumberedPart[] {
  const { content } = metadata ?? {}
  if (!Array.isArray(content)) return []
  return content.map((value) => numberedPart(value, kinds)).filter((part) => part !== null)
}

/** The picture, or the part of one of the kinds, of what an import keeps as `{ index, part }`; null for another part. */
function numberedPart(value: unknown, kinds: ReadonlySet<unknown>): NumberedPart | null {
  const { index, part } = Object(value) as { index?: unknown; part?: unknown }
  const { type, image_url } = Object(part) as { type?: unknown; image_url?: { url?: unknown } }
  const number = Number.isInteger(index) ? Number(index) : null
  if (typeof image_url?.url === 'string') return { index: number, part: { url: image_url.url } }
  return kinds.has(type) ? { index: number, part: { kept: Object(part) } } : null
}

/** The text in at most so many pieces, cut at its first line breaks. */
function split(text: string, count: number): string[] {
  const lines = text.split('\n')
  const pieces = lines.slice(0, count - 1)
  return [...pieces, lines.slice(pieces.length).join('\n')]
}
