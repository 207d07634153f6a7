import { readFileSync } from 'node:fs'
import type { Handler } from './answer.js'

/** What a link for people names of a session. */
interface SessionLink {
  organization: string
  workspace: string
  session: string
}

/** The explorer's page of a session. */
const explorerPage = ({ organization, workspace, session }: SessionLink): string =>
  `/w/${[organization, workspace, 'sessions', session].map(encodeURIComponent).join('/')}`

/** GraphiQL with a session, where the explorer is not built. */
const graphiqlPage = (link: SessionLink): string =>
  `/graphql?${new URLSearchParams({ query: showSession(), variables: JSON.stringify(link, null, 2) })}`

/** Addresses that clients print for people ("View on web"), by their path: the place in it, and what each names. */
const links: readonly [path: RegExp, read: (named: string, query: URLSearchParams) => SessionLink | null][] =
  [
    [
      /^\/([a-z0-9-]+)\/analysis\/?$/,
      (organization, query) => {
        const [workspace, session] = [query.get('workspace'), query.get('session')]
        return workspace && session ? { organization, workspace, session } : null
      },
    ],
  ]

/** Sends a browser from the link that a client printed to the page that shows the same thing; null for other paths. */
export function webLink(path: string, url: string, hasExplorer: boolean): Handler | null {
  for (const [pattern, read] of links) {
    const [, named] = pattern.exec(path) ?? []
    if (named === undefined) continue
    const link = read(named, new URL(url, 'http://localhost').searchParams)
    const page = hasExplorer ? explorerPage : graphiqlPage
    const location = link === null ? '/' : page(link)
    return (_req, res) => {
      res.writeHead(302, { Location: location, 'Content-Length': 0 }).end()
    }
  }
  return null
}

let text: string | undefined

function showSession(): string {
  text ??= readFileSync(new URL('./examples/show-session.graphql', import.meta.url), 'utf8')
  return text
}
