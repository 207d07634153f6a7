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

/** Sets the headers of an answer that is data and no page; pages replace the content security policy. */
export function setSecurityHeaders(req: IncomingMessage, res: ServerResponse): void {
  apply(req, res, () => {})
  res.setHeader('Cache-Control', 'no-store')
}
