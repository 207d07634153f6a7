import { log } from '../log.js'

/**
 * Answers in pieces: each is made when the client has taken the one before, so memory stays flat.
 * What fails before the first piece is thrown; what fails later cuts the connection, since the status is out already.
 */
export async function streamPieces(
  pieces: AsyncIterable<string>,
  status: number,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let ready: IteratorResult<string> | null = await iterator.next()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = ready ?? (await iterator.next())
          ready = null
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (error) {
          log.warn({ err: error }, 'a streamed answer broke off')
          controller.error(error)
        }
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
  // Named, so that Node's side sends the head at once and does not wait to learn a length.
  return new Response(body, { status, headers: { ...headers, 'Transfer-Encoding': 'chunked' } })
}
