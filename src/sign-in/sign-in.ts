import type { IncomingMessage } from 'node:http'
import type { Strategy } from '../auth/authenticate.js'
import type { Store } from '../db/sql.js'
import { forbidden } from '../domain/errors.js'
import { admitPerson, findAdmitted } from '../domain/sign-in/admit.js'
import { findBrowserViewer, personCalls, personScopes } from '../domain/sign-in/browser-session.js'
import { readPerson } from '../domain/sign-in/person.js'
import { keyScopes } from '../domain/viewer.js'
import type { Handler } from '../http/answer.js'
import { readBrowserToken } from './browser-token.js'
import { cookiesOf, readCookie } from './cookies.js'
import { createProvider, type Provider } from './provider.js'
import { signInRoutes } from './routes.js'
import { createSeal } from './sealed.js'
import type { SignInSettings } from './settings.js'

/** Signing in by OpenID Connect. */
export interface SignIn {
  /** How its credentials are known, after keys. */
  strategies: readonly Strategy[]
  /** The credential of a signed-in browser, where a page of this origin sent the request. */
  readCredential(headers: { get(name: string): string | null }): string | null
  /** Whether a browser that asks for a page is signed in. */
  isSignedIn(req: IncomingMessage): Promise<boolean>
  find(method: string, path: string): Handler | null
}

export interface SignInOptions {
  settings: SignInSettings
  store: Store
  readAddress(req: IncomingMessage): string | null
  countStranger(req: IncomingMessage): Promise<void>
  /** Called where what is remembered of credentials and roles may be wrong now. */
  forgetAccess(): void
}

/** What `createGateway` is given where sign-in is on. */
export type CreateSignIn = (options: SignInOptions) => SignIn

/** What a browser's token has before it as a credential: no header can, so that it is good in its cookie alone. */
const FROM_COOKIE = '\n'

/** Makes sign-in by the provider of these settings; nothing is asked of it before somebody signs in. */
export const createSignIn: CreateSignIn = ({ settings, store, ...calls }) => {
  const { publicUrl, clientSecret, audience } = settings
  const provider = createProvider(settings)
  const cookies = cookiesOf(publicUrl)
  const seal = createSeal(clientSecret)
  const routes = signInRoutes({ settings, store, provider, cookies, seal, ...calls })
  const byCookie: Strategy = async (db, credential) =>
    credential.startsWith(FROM_COOKIE) ? findBrowserViewer(db, credential.slice(FROM_COOKIE.length)) : null
  const byToken = bearerStrategy(settings, store, provider)
  return {
    strategies: audience === null ? [byCookie] : [byCookie, byToken],
    readCredential: (headers) => {
      const token = readBrowserToken(headers, cookies, publicUrl)
      return token === null ? null : FROM_COOKIE + token
    },
    isSignedIn: async ({ headers }) => {
      const token = readCookie(headers.cookie, cookies.session)
      // A store that cannot be reached has its own words elsewhere.
      return token !== null && (await findBrowserViewer(store, token).catch(() => null)) !== null
    },
    find: (method, path) => routes.get(`${method} ${path}`) ?? null,
  }
}

const isJwt = (credential: string) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(credential)

/** A person's access token, whose `scope` may leave them less than their roles do. */
function bearerStrategy({ roles }: SignInSettings, store: Store, provider: Provider): Strategy {
  return async (db, credential) => {
    if (!isJwt(credential)) return null
    const claims = await provider.verifyBearer(credential)
    const person = readPerson(claims)
    if (person === null) throw forbidden('The token names nobody')
    const admitted = (await findAdmitted(db, person)) ?? (await admitPerson(store, person, roles))
    // As a text or a list, under the name of the standard or that of some providers.
    const named = [claims.scope ?? claims.scp].flat().join(' ').split(' ')
    const asked = keyScopes.filter((scope) => named.includes(scope))
    const scopes = asked.length === 0 ? personScopes : new Set(asked.filter((one) => personScopes.has(one)))
    return { keyId: admitted.userId, ...admitted, ...personCalls, scopes }
  }
}
