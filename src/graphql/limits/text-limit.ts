import { type DomainError, invalidInput } from '../../domain/errors.js'
import type { TranscriptMessage } from '../../domain/transcript/read.js'

/** What the messages of one answer may amount to, in characters. */
const MAX_TEXT = 32 * 1024 * 1024

/** What one read of them may amount to: a row has no limit but that of its body. */
const MAX_READ = 16 * 1024 * 1024

/** What an answer has of texts whose length clients choose, and what it is about to read. */
export interface TextCount {
  taken: number
  reading: number
  readonly waiting: (() => void)[]
  /** What stands in the answer, by the field and the object that have it. */
  readonly given: Map<string, Set<object>>
}

/** What counts for an answer; see `ItemCount`. */
interface Counting {
  text: TextCount
  readonly isLimited: boolean
  refusal: DomainError | null
}

/** A count for one answer, which has read nothing yet. */
export const countText = (): TextCount => ({ taken: 0, reading: 0, waiting: [], given: new Map() })

/**
 * Reads messages, or what is made of them, for an answer: as many at once as fit into what is left, so that what one answer
 * holds in memory is bounded. `INVALID_INPUT` when it is too much for the answer.
 */
export async function readTexts<Found>(
  count: Counting,
  read: () => Promise<Found>,
  lengthOf: (found: Found) => number,
): Promise<Found> {
  if (!count.isLimited) return read()
  const { text } = count
  while (text.reading > 0 && text.taken + (text.reading + 1) * MAX_READ > MAX_TEXT)
    await new Promise<void>((resolve) => text.waiting.push(resolve))
  if (count.refusal !== null) throw count.refusal
  text.reading += 1
  try {
    const found = await read()
    takeText(count, lengthOf(found))
    return found
  } finally {
    text.reading -= 1
    for (const go of text.waiting.splice(0)) go()
  }
}

/** Counts a text of the answer; `INVALID_INPUT` when it is one too many. */
export function takeText(count: Counting, length: number): void {
  count.text.taken += length
  if (!count.isLimited || count.text.taken <= MAX_TEXT) return
  count.refusal ??= invalidInput({
    path: [],
    message: `The texts of one answer amount to at most ${MAX_TEXT / 2 ** 20} MiB; ask for shorter pages`,
  })
  throw count.refusal
}

/** Counts texts of the answer, and gives them. */
export function takeTexts<Texts extends readonly string[]>(count: Counting, texts: Texts): Texts {
  let length = 0
  for (const text of texts) length += text.length
  takeText(count, length)
  return texts
}

/** Counts a value of JSON in the answer, and gives it. Most are none or empty, and cost nothing. */
export function takeJson<Value extends object>(count: Counting, value: Value): Value {
  for (const _ in value) {
    takeText(count, lengthOfJson(value))
    break
  }
  return value
}

/**
 * Gives a text of an object that was counted when it was read. Under another name, or as the same object again, it stands in the
 * answer once more, and counts once more.
 */
export function giveText<Value extends string | object | null>(
  count: Counting,
  holder: object,
  field: string,
  value: Value,
): Value {
  if (!count.isLimited) return value
  const { given } = count.text
  const holders = given.get(field) ?? new Set()
  if (holders.has(holder)) takeText(count, typeof value === 'string' ? value.length : lengthOfJson(value))
  else given.set(field, holders.add(holder))
  return value
}

/** How long what clients wrote into a message is. */
export function lengthOfMessage({ content, toolCalls, metadata }: TranscriptMessage): number {
  return content.length + lengthOfJson(toolCalls) + lengthOfJson(metadata)
}

/** Characters of a value as JSON; 0 for null. */
export function lengthOfJson(value: object | null): number {
  return value === null ? 0 : JSON.stringify(value).length
}
