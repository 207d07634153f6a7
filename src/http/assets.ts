import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Handler, sendJson } from './answer.js'
import { docsBoot } from './pages/docs-boot.js'
import { graphiqlBoot } from './pages/graphiql-boot.js'
import { landingCss } from './pages/landing-css.js'

const javascript = 'text/javascript; charset=utf-8'
const css = 'text/css; charset=utf-8'

/** The gateway's mark: three lines of a session behind a gate. */
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="7" fill="#1d2b4f"/>
  <path d="M8 25V13a8 8 0 0 1 16 0v12" fill="none" stroke="#7fd1b9" stroke-width="3" stroke-linecap="round"/>
  <path d="M13 15h6M13 20h6M13 25h4" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>
</svg>
`

/** Every file that is served, and nothing else; a null text is a bundle in `dist/assets`. */
const assets = {
  'graphiql.js': [javascript, null],
  'graphiql.css': [css, null],
  'graphiql-boot.js': [javascript, graphiqlBoot],
  'graphiql-editor.worker.js': [javascript, null],
  'graphiql-json.worker.js': [javascript, null],
  'graphiql-graphql.worker.js': [javascript, null],
  'scalar.js': [javascript, null],
  'docs-boot.js': [javascript, docsBoot],
  'landing.css': [css, landingCss],
  'favicon.svg': ['image/svg+xml', favicon],
} as const satisfies Record<string, readonly [type: string, text: string | null]>

export type AssetName = keyof typeof assets

/** `dist/assets`, seen from `src/http` under tsx and vitest and from `dist/http` once built. */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../dist/assets/' : '../assets/', import.meta.url)
const versions = new Map<AssetName, string>()
/** One copy for all who ask, however slowly they read. */
const plain = new Map<AssetName, Promise<Buffer>>()
const zipped = new Map<AssetName, Promise<Buffer>>()

/** Address of an asset with its content's hash, which lets browsers keep it for good. */
export function assetUrl(name: AssetName): string {
  const version = findVersion(name)
  return `/assets/${name}${version === null ? '' : `?v=${version}`}`
}

/** One handler for each asset, by path. */
export const assetHandlers: [path: string, handler: Handler][] = (Object.keys(assets) as AssetName[]).map(
  (name) => [`/assets/${name}`, (req, res) => sendAsset(name, req, res)],
)

async function sendAsset(name: AssetName, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const version = findVersion(name)
  if (version === null)
    return sendJson(res, 404, { code: 404, detail: 'Asset is not built', type: 'not_found_error' })
  const isPinned = new URL(req.url ?? '', 'http://localhost').searchParams.get('v') === version
  const etag = `W/"${version}"`
  res.setHeader('Cache-Control', isPinned ? 'public, max-age=31536000, immutable' : 'no-cache')
  res.setHeader('ETag', etag)
  res.setHeader('Vary', 'Accept-Encoding')
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304).end()
    return
  }
  const isZipped = /\bgzip\b/.test(String(req.headers['accept-encoding'] ?? ''))
  const body = isZipped ? await readZipped(name) : await readAsset(name)
  if (isZipped) res.setHeader('Content-Encoding', 'gzip')
  res.writeHead(200, { 'Content-Type': assets[name][0], 'Content-Length': body.length })
  res.end(req.method === 'HEAD' ? undefined : body)
}

/** Null while the bundle has not been built. */
function findVersion(name: AssetName): string | null {
  const cached = versions.get(name)
  if (cached !== undefined) return cached
  try {
    const content = assets[name][1] ?? readFileSync(new URL(name, folder))
    const version = createHash('sha256').update(content).digest('hex').slice(0, 16)
    versions.set(name, version)
    return version
  } catch {
    return null
  }
}

const readAsset = (name: AssetName) =>
  keep(plain, name, async () => {
    const text = assets[name][1]
    return text === null ? readFile(new URL(name, folder)) : Buffer.from(text)
  })

const readZipped = (name: AssetName) => keep(zipped, name, async () => promisify(gzip)(await readAsset(name)))

function keep(
  kept: Map<AssetName, Promise<Buffer>>,
  name: AssetName,
  read: () => Promise<Buffer>,
): Promise<Buffer> {
  const before = kept.get(name)
  if (before !== undefined) return before
  const work = read()
  kept.set(name, work)
  work.catch(() => kept.delete(name))
  return work
}
