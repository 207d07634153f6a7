/** The gateway takes this many messages at once, and bodies of twice this size. */
const MAX_MESSAGES = 500
const MAX_BYTES = 8 * 1024 * 1024

/** Messages for one append. */
export interface Batch<T> {
  readonly messages: T[]
  /** Whether the gateway takes it along with what is there; one that is too large alone goes alone. */
  fits(message: T): boolean
  add(message: T): void
}

/** An empty batch within the gateway's limits. */
export function createBatch<T>(maxMessages = MAX_MESSAGES, maxBytes = MAX_BYTES): Batch<T> {
  const messages: T[] = []
  let bytes = 0
  let measured: { message: T; size: number } | null = null
  const sizeOf = (message: T): number => {
    if (measured?.message !== message)
      measured = { message, size: Buffer.byteLength(JSON.stringify(message)) + 1 }
    return measured.size
  }
  return {
    messages,
    fits: (message) =>
      messages.length === 0 || (messages.length < maxMessages && bytes + sizeOf(message) <= maxBytes),
    add(message) {
      bytes += sizeOf(message)
      messages.push(message)
    },
  }
}
