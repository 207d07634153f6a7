import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from '../db/sql.js'
import { type DomainError, forbidden, invalidInput, unauthenticated } from '../domain/errors.js'
import { readFailure } from '../domain/failure.js'
import { admitPerson } from '../domain/sign-in/admit.js'
import { endBrowserSession, startBrowserSession } from '../domain/sign-in/browser-session.js'
import { readPerson } from '../domain/sign-in/person.js'
import { type Handler, pagePolicy, sendJson, sendPage } from '../http/answer.js'
import { escapeHtml } from '../http/html.js'
import { log } from '../log.js'
import { withoutControls } from '../rules/controls.js'
import { excerpt } from '../rules/text.js'
import { readBrowserToken } from './browser-token.js'
import { type Cookies, readCookie } from './cookies.js'
import { blameProvider } from './faults.js'
import type { Provider } from './provider.js'
import { ATTEMPT_SECONDS, type Seal } from './sealed.js'
import { CALLBACK_PATH, SIGN_IN_PATH, SIGN_OUT_PATH, type SignInSettings } from './settings.js'

export interface RouteOptions {
  settings: SignInSettings
  store: Store
  provider: Provider
  cookies: Cookies
  seal: Seal
  /** Where a request comes from, as the audit tells it. */
  readAddress(req: IncomingMessage): string | null
  /** Counts a request that shows no key; `RATE_LIMITED` past the limit. */
  countStranger(req: IncomingMessage): Promise<void>
  /** Called where what is remembered of credentials and roles may be wrong now. */
  forgetAccess(): void
}

const MAX_USER_AGENT = 200
const MAX_RETURN_PATH = 2000

const statuses: Partial<Record<DomainError['code'], number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  TIMED_OUT: 504,
}

const random = () => randomBytes(32).toString('base64url')

/** What answers the paths of sign-in, by method and path. */
export function signInRoutes(options: RouteOptions): ReadonlyMap<string, Handler> {
  const { settings, store, provider, cookies, seal } = options
  const { publicUrl, roles } = settings
  const addressOf = (req: IncomingMessage) => new URL(req.url ?? '', publicUrl)
  const tokenOf = (req: IncomingMessage) => readCookie(req.headers.cookie, cookies.session)

  async function begin(req: IncomingMessage, res: ServerResponse): Promise<void> {
    await options.countStranger(req)
    const attempt = { state: random(), nonce: random(), verifier: random() }
    const returnTo = readReturnPath(addressOf(req).searchParams.get('return'), publicUrl)
    const location = await provider.begin(attempt).catch(blameProvider)
    const sealed = await seal.close({ ...attempt, returnTo })
    redirect(res, location.href, [cookies.set(cookies.attempt, sealed, ATTEMPT_SECONDS)])
  }

  async function finish(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // Used up, whatever comes of it.
    const spent = cookies.set(cookies.attempt, '', 0)
    res.setHeader('Set-Cookie', spent)
    await options.countStranger(req)
    const carried = await seal.open(readCookie(req.headers.cookie, cookies.attempt) ?? '')
    if (carried === null)
      throw invalidInput({ path: [], message: 'This sign-in is over, or was begun in another browser' })
    const { claims, idToken } = await provider.finish(addressOf(req), carried).catch(blameProvider)
    const person = readPerson(claims)
    if (person === null) throw forbidden('Your provider does not say who you are')
    const admitted = await admitPerson(store, person, roles).finally(options.forgetAccess)
    const before = tokenOf(req)
    if (before !== null) await endBrowserSession(store, before).finally(options.forgetAccess)
    const userAgent = excerpt(withoutControls(req.headers['user-agent'] ?? ''), MAX_USER_AGENT) || null
    const from = { address: options.readAddress(req), userAgent }
    const milliseconds = settings.hours * 3_600_000
    const token = await startBrowserSession(store, admitted, { milliseconds, from, idToken })
    log.info({ viewer: admitted.userId }, 'signed in')
    redirect(res, carried.returnTo, [spent, cookies.set(cookies.session, token, settings.hours * 3600)])
  }

  async function end(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const get = (name: string) => req.headers[name]?.toString() ?? null
    const token = readBrowserToken({ get }, cookies, publicUrl)
    if (token === null) throw unauthenticated('Nobody is signed in')
    const idToken = await endBrowserSession(store, token).finally(options.forgetAccess)
    res.setHeader('Set-Cookie', cookies.set(cookies.session, '', 0))
    const there = settings.signsOutThere ? await provider.end(idToken) : null
    if (there === null) res.writeHead(204).end()
    else sendJson(res, 200, { location: there.href })
  }

  return new Map([
    [`GET ${SIGN_IN_PATH}`, failing(begin)],
    [`GET ${CALLBACK_PATH}`, failing(finish)],
    [`POST ${SIGN_OUT_PATH}`, failing(end)],
  ])
}

/** Where to go after signing in: the path if it is one of this origin, else `/`. Nobody is sent elsewhere by a link to here. */
function readReturnPath(path: string | null, origin: string): string {
  if (path === null || path.length > MAX_RETURN_PATH || !staysHere.test(path) || !URL.canParse(path, origin))
    return '/'
  const url = new URL(path, origin)
  const within = url.pathname + url.search + url.hash
  // Without its dots `/.//elsewhere` is the address of another host.
  return url.origin === origin && staysHere.test(within) ? within : '/'
}

const staysHere = /^\/(?![/\\])[\x21-\x7e]*$/

function redirect(res: ServerResponse, location: string, cookies: string[]): void {
  res.writeHead(303, { Location: location, 'Set-Cookie': cookies, 'Content-Length': 0 }).end()
}

/** Answers failures with a page that says why in a sentence. */
function failing(handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>): Handler {
  return async (req, res) => {
    try {
      await handle(req, res)
    } catch (error) {
      const failure = readFailure(error)
      if (failure === null) throw error
      const { retryAfterSeconds } = failure.details
      if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', retryAfterSeconds)
      log.info({ code: failure.code, reason: failure.message }, 'nobody was signed in')
      sendPage(res, failedPage(failure.message), failedPolicy, statuses[failure.code] ?? 400)
    }
  }
}

/** Such a page loads and runs nothing. */
const failedPolicy = pagePolicy()

/** Says in a sentence why nobody was signed in. */
function failedPage(sentence: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Session Gateway · Sign in</title>
  </head>
  <body>
    <h1>Not signed in</h1>
    <p>${escapeHtml(sentence)}.</p>
    <p><a href="${SIGN_IN_PATH}">Sign in again</a>, or <a href="/">open with a key</a>.</p>
  </body>
</html>
`
}
