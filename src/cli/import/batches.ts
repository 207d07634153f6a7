/** The gateway takes this many messages at once, and bodies of twice this size. */
const MAX_MESSAGES = 500
const MAX_BYTES = 8 * 1024 * 1024

/** Cuts messages into appends that the gateway takes; one that is too large alone goes alone. */
export function toBatches<T>(
  messages: readonly T[],
  maxMessages = MAX_MESSAGES,
  maxBytes = MAX_BYTES,
): T[][] {
  const batches: T[][] = []
  let bytes = 0
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message)) + 1
    const batch = batches.at(-1)
    if (batch === undefined || batch.length === maxMessages || bytes + size > maxBytes) {
      batches.push([message])
      bytes = size
    } else {
      batch.push(message)
      bytes += size
    }
  }
  return batches
}
