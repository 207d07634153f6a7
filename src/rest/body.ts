import { JsonBody, type JsonReading } from '../json/body.js'

/** How much of a body is read before it is known who sends it. */
const UNASKED_BYTES = 64 * 1024
/** What is made of a longer one takes the thread for a while. */
const LONG_BYTES = 64 * 1024

/** A body as its route reads it: JSON where it says so or says nothing, else its bytes. */
export type RawBody =
  | { json: JsonReading; isLong: boolean }
  | { bytes: Uint8Array }
  | 'empty'
  | 'too large'
  | 'broken off'

/**
 * Reads a body without taking in more than the limit; a chunked one stops at the first chunk past it. `admit` is asked
 * once before more than 64 KiB are read, and throws for whoever may not send them.
 */
export async function readBody(
  request: Request,
  limitBytes: number,
  admit: () => Promise<unknown>,
): Promise<RawBody> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > limitBytes) return 'too large'
  if (request.body === null) return 'empty'
  let isAdmitted = false
  const letIn = async (bytes: number) => {
    if (isAdmitted || bytes <= UNASKED_BYTES) return
    await admit()
    isAdmitted = true
  }
  await letIn(declared)
  const json = isJson(request.headers.get('content-type')) ? new JsonBody() : null
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const part = await reader.read().catch(() => 'broken off' as const)
    if (part === 'broken off') return part
    if (part.done) break
    size += part.value.byteLength
    if (size > limitBytes) return 'too large'
    await letIn(size)
    if (json === null) chunks.push(part.value)
    else await json.take(part.value)
  }
  if (size === 0) return 'empty'
  return json === null
    ? { bytes: Buffer.concat(chunks) }
    : { json: await json.read(), isLong: size > LONG_BYTES }
}

/** Whether a content type is JSON, or absent. */
export function isJson(contentType: string | null): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === '' || /^application\/([^/\s]+\+)?json$/.test(type)
}
