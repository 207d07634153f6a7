import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createGateway, type Parts } from '../../src/app.js'
import { readConfig } from '../../src/config/read.js'
import { finishRequests } from '../../src/http/drain.js'
import { createSignIn } from '../../src/sign-in/sign-in.js'
import { Browser, passProvider } from './browser.js'
import { findLastingPort } from './free-port.js'
import { withoutRateLimits } from './listening-gateway.js'
import { AUDIENCE, client, type People, type RunningProvider, startProvider } from './oidc-provider.js'
import { openTestStore } from './store.js'

export interface SignInWorld {
  url: string
  provider: RunningProvider
  people: People
  /** Slug of an organization of this world alone, which sign-ins make. */
  organization: string
  /** Adds a person to the provider; gives the subject. */
  person(claims?: Record<string, unknown>): string
  /** Signs a person in; gives the browser, and the answer of the gateway to the way back. */
  signIn(subject: string, browser?: Browser, path?: string): Promise<{ browser: Browser; answer: Response }>
  ask(browser: Browser, query: string, headers?: Record<string, string>): Promise<any>
  close(): Promise<void>
}

/** A gateway with sign-in over the shared test store, and a provider that signs people in. */
export async function startSignInWorld(
  env: Record<string, string> = {},
  parts: Parts = {},
): Promise<SignInWorld> {
  const port = await findLastingPort()
  const url = `http://127.0.0.1:${port}`
  const people: People = {}
  const provider = await startProvider(people, url)
  const organization = `org-${randomUUID().slice(0, 8)}`
  const config = readConfig({
    ...withoutRateLimits,
    PUBLIC_URL: url,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    OIDC_ROLES: `groups:admins=${organization}/main:admin,groups:devs=${organization}/main:write,groups:guests=${organization}/lab:read`,
    OIDC_AUDIENCE: AUDIENCE,
    ACCESS_MEMORY_MS: '0',
    ...env,
  })
  const { server, stop } = createGateway(config, await openTestStore(), null, {
    ...{ createSignIn, ...parts },
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...{ url, provider, people, organization },
    person: (claims = {}) => {
      const subject = `sub-${randomUUID()}`
      people[subject] = { email: `${subject}@example.com`, email_verified: true, groups: ['devs'], ...claims }
      return subject
    },
    signIn: async (subject, browser = new Browser(), path = '/auth/sign-in') => {
      const back = await passProvider(browser, url + path, subject)
      return { browser, answer: await browser.fetch(back) }
    },
    ask: async (browser, query, headers = { 'GraphQL-Require-Preflight': '1' }) => {
      const answer = await browser.fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      })
      return answer.json()
    },
    close: async () => {
      stop()
      await provider.close()
      await finishRequests(server, 500)
    },
  }
}
