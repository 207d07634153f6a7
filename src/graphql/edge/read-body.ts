import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'graphql-yoga'

/** What whoever listens has read of a request: the value of its JSON, which is an object or a list, or its bytes. */
export interface ReadBody {
  json?: object
  body: Buffer
}

/** What has been read of a request; null where nothing has. */
export function readBodyOf(req: IncomingMessage | undefined): ReadBody | null {
  return (req as { body?: ReadBody } | undefined)?.body ?? null
}

/** Takes the JSON that has been parsed already, so that no body is parsed twice. */
export function useReadBody(): Plugin<{ req?: IncomingMessage }> {
  return {
    onRequestParse: ({ serverContext, setRequestParser }) => {
      const json = readBodyOf((serverContext as { req?: IncomingMessage }).req)?.json
      if (json !== undefined) setRequestParser(() => json)
    },
  }
}
