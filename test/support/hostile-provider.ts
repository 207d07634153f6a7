import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { client } from './oidc-provider.js'

export interface HostileProvider {
  issuer: string
  /** What was sent for a code, the last time. */
  asked(): URLSearchParams
  /** What the next code is answered with. */
  answer(idToken: string, userinfo?: object): void
  /** An ID token with the provider's own signature, whatever it says. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>
  jwk: JWK
  /** Has its keys be answered so; null as they are. */
  answerKeys(how: ((res: ServerResponse) => void) | null): void
  /** How often its keys were asked for. */
  keyFetches(): number
  close(): void
}

/** What answers as a provider would as far as a gateway asks, and says whatever a test has it say. */
export async function startHostileProvider(): Promise<HostileProvider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }
  let [idToken, userinfo, asked] = ['', {}, new URLSearchParams()]
  let issuer = ''
  let answerKeys: ((res: ServerResponse) => void) | null = null
  let keyFetches = 0
  const answers: Record<string, () => object> = {
    // It says nothing of PKCE, as one would that somebody in between wants it left out for.
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    }),
    '/jwks': () => ({ keys: [jwk] }),
    '/token': () => ({
      access_token: 'an-access-token',
      token_type: 'Bearer',
      expires_in: 60,
      id_token: idToken,
    }),
    '/userinfo': () => userinfo,
  }
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    if (req.url === '/token') asked = new URLSearchParams(body)
    if (req.url === '/jwks') keyFetches++
    if (req.url === '/jwks' && answerKeys !== null) return answerKeys(res)
    const answer = answers[req.url ?? '']
    res.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
    res.end(JSON.stringify(answer?.() ?? {}))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const now = () => Math.floor(Date.now() / 1000)
  return {
    issuer,
    jwk,
    answerKeys: (how) => {
      answerKeys = how
    },
    keyFetches: () => keyFetches,
    asked: () => asked,
    answer: (token, about = {}) => {
      idToken = token
      userinfo = about
    },
    sign: (claims, header = {}) =>
      new SignJWT({ iss: issuer, aud: client.id, iat: now(), exp: now() + 300, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'own', ...header })
        .sign(privateKey),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
