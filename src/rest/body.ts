/** Reads a body without taking in more than the limit; a chunked one stops at the first chunk past it. */
export async function readBody(
  request: Request,
  limitBytes: number,
): Promise<Uint8Array | 'too large' | 'broken off'> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return 'too large'
  if (request.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > limitBytes) return 'too large'
      chunks.push(chunk)
    }
  } catch {
    return 'broken off'
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
}
