import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { type About, firstKeyArguments } from './about.js'
import { type Handler, pagePolicy, sendJson, sendPage } from './answer.js'
import { escapeHtml } from './html.js'

/** `dist/explorer`, seen from `src/http` under tsx and vitest and from `dist/http` once built. */
const folder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/explorer/' : '../explorer/', import.meta.url),
)

/** What the explorer may load: its own files and pictures that a transcript carries itself; nothing inline runs. */
const explorerPolicy = pagePolicy(
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
)

/** Paths of the explorer's files, whose names carry a hash of their content. */
const FILES = '/explorer/files/'

/** Where a program sends a person to approve its login; no screen of a workspace (contract 13.1). */
const DEVICE_PAGE = '/login/device'

/** What stands at the page's address once another version's files were put in place of those it loads. */
const REPLACED = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Session Gateway</title>
<p>The files of this gateway were replaced while it runs. Start it anew, then load this page again.</p></html>
`

/** What the page is told of signing in, where people do. */
interface SignedIn {
  isSignedIn(req: IncomingMessage): Promise<boolean>
}

export interface Explorer {
  /** The page at `/`, at `/login/device` and at every address below `/w/`, which the page itself reads. */
  page: Handler
  /** The handler of a path of the explorer; null for any other path. */
  find(path: string): Handler | null
}

/**
 * The explorer as built; null before `npm run build` made it. The demo's key, if any, is filled in, and where nobody
 * has a key the page is told how the first one is made.
 */
export function createExplorer(
  { demoKey, isKeyless }: Pick<About, 'demoKey' | 'isKeyless'>,
  signIn: SignedIn | null = null,
): Explorer | null {
  if (!existsSync(`${folder}index.html`)) return null
  const html = readFileSync(`${folder}index.html`, 'utf8')
  const keyed = demoKey === null ? html : withMeta(html, 'demo-key', demoKey)
  const text = signIn === null ? keyed : withMeta(keyed, 'sign-in', '/auth/sign-in')
  const textOfKeyless = withMeta(text, 'first-key', `session-gateway ${firstKeyArguments}`)
  const serveFile = sirv(`${folder}files`, {
    gzip: true,
    brotli: true,
    immutable: true,
    maxAge: 31_536_000,
    etag: true,
  })
  const [, script = ''] = /src="\/explorer\/(files\/[^"]+)"/.exec(html) ?? []
  const page: Handler = async (req, res) => {
    if (!existsSync(`${folder}${script}`)) return sendPage(res, REPLACED, explorerPolicy, 503)
    const html = (await isKeyless()) ? textOfKeyless : text
    const isSignedIn = signIn !== null && (await signIn.isSignedIn(req))
    sendPage(res, isSignedIn ? withMeta(html, 'signed-in', 'true') : html, explorerPolicy)
  }
  const file: Handler = (req, res) => {
    // The page's own headers say no-store; a file whose name is its hash never changes.
    res.removeHeader('Cache-Control')
    req.url = (req.url ?? '').slice(FILES.length - 1)
    const notFound = () => {
      res.setHeader('Cache-Control', 'no-store')
      sendJson(res, 404, { code: 404, detail: 'Not found', type: 'not_found_error' })
    }
    // What is served was listed at the start; a build that was put in its place since leaves requests without an answer.
    const [path = ''] = req.url.split('?')
    if (existsSync(`${folder}files${path}`)) serveFile(req, res, notFound)
    else notFound()
  }
  return {
    page,
    find: (path) =>
      path === '/' || path === DEVICE_PAGE || path.startsWith('/w/')
        ? page
        : path.startsWith(FILES)
          ? file
          : null,
  }
}

function withMeta(html: string, name: string, content: string): string {
  return html.replace('</head>', `<meta name="${name}" content="${escapeHtml(content)}">\n  </head>`)
}

/** Where the build writes the operations that the explorer names by their hash; null before it did. */
export function explorerOperations(): string | null {
  const path = `${folder}operations.json`
  return existsSync(path) ? path : null
}
