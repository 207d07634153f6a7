import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'

/** What the provider knows of its people, by subject. */
export type People = Record<string, Record<string, unknown>>

export const client = { id: 'session-gateway', secret: 'a-secret-of-thirty-two-characters' }
export const AUDIENCE = 'https://sessions.test'

interface Key {
  private: CryptoKey
  jwk: JWK & { kid: string }
}

export interface RunningProvider {
  issuer: string
  /** The `traceparent` of every request that had one. */
  traceparents(): string[]
  /** How often its keys were fetched. */
  keyFetches(): number
  /** Other keys from now on; those of before are gone. */
  rotate(): Promise<void>
  /** A token with the provider's own signature, whatever it says. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>
  key(): Key
  close(): Promise<void>
}

/** A real provider of OpenID Connect on loopback, whose own pages let anybody sign in as the person they name. */
export async function startProvider(people: People, gateway: string): Promise<RunningProvider> {
  let key = await makeKey('first')
  let fetches = 0
  const traceparents: string[] = []
  let handle: ReturnType<Provider['callback']> | undefined
  const server = createServer((req, res) => {
    if (req.url === '/jwks') fetches++
    if (req.headers.traceparent !== undefined) traceparents.push(String(req.headers.traceparent))
    void handle?.(req, res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const begin = () => {
    handle = new Provider(issuer, configure(people, gateway, key)).callback()
  }
  begin()
  return {
    issuer,
    traceparents: () => traceparents,
    keyFetches: () => fetches,
    rotate: async () => {
      key = await makeKey(`next-${key.jwk.kid}`)
      begin()
    },
    sign: (claims, header = {}) =>
      new SignJWT({ iss: issuer, aud: AUDIENCE, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: key.jwk.kid, ...header })
        .sign(key.private),
    key: () => key,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function makeKey(kid: string): Promise<Key> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { private: privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' } }
}

function configure(people: People, gateway: string, { jwk }: Key): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${gateway}/auth/callback`],
        post_logout_redirect_uris: [`${gateway}/`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a secret of the provider'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    findAccount: (_context, sub) =>
      people[sub] === undefined
        ? undefined
        : { accountId: sub, claims: async () => ({ sub, ...people[sub] }) as { sub: string } },
  }
}
