import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

const apply = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
})

/** What helmet sets, which is the same for every answer. */
const headers: [string, string][] = []
// It asks of an answer nothing but to set headers.
apply(
  {} as IncomingMessage,
  {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => {},
  } as unknown as ServerResponse,
  (error?: unknown) => {
    if (error !== undefined) throw error
  },
)
headers.push(['Cache-Control', 'no-store'])

/** Sets the headers of an answer that is data and no page; pages replace the content security policy. */
export function setSecurityHeaders(res: ServerResponse): void {
  for (const [name, value] of headers) res.setHeader(name, value)
}
