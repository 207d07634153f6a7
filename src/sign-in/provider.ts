import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose'
import * as client from 'openid-client'
import { DomainError, forbidden, unauthenticated } from '../domain/errors.js'
import { CALLBACK_PATH, type SignInSettings } from './settings.js'
import { tracedFetch } from './traced-fetch.js'

/** How far the clocks of provider and gateway may be apart. */
const SKEW_SECONDS = 30
/** How long after a fetch an unknown key has the keys fetched again, at the earliest. */
const KEY_COOLDOWN_MS = 10_000
const KEY_AGE_MS = 600_000
const PATIENCE_SECONDS = 5
/** How long a provider that could not be reached is left alone. */
const PAUSE_MS = 2000

/** Signatures by a private key of the provider; a shared secret or none at all proves nothing. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** What a sign-in that is under way keeps in the browser. */
export interface Attempt {
  state: string
  nonce: string
  verifier: string
}

export interface Provider {
  /** Where to send a browser that signs in. */
  begin(attempt: Attempt): Promise<URL>
  /** The claims about whoever comes back to this address; throws where anything is not as it was begun. */
  finish(address: URL, attempt: Attempt): Promise<Record<string, unknown>>
  /** Where to send a browser that signs out, which comes back to the public origin; null where the provider has no such place or does not answer. */
  end(): Promise<URL | null>
  /** The claims of a bearer token; `UNAUTHENTICATED` for one that is not good here. */
  verifyBearer(token: string): Promise<JWTPayload>
}

interface Discovered {
  config: client.Configuration
  keys: ReturnType<typeof createRemoteJWKSet>
}

/** The provider of this issuer, which is asked for its addresses at first need. */
export function createProvider(settings: SignInSettings): Provider {
  const { issuer, clientId, clientSecret, publicUrl, scopes, audience } = settings
  const discover = rememberUntilItFails(async (): Promise<Discovered> => {
    const isLocal = new URL(issuer).protocol === 'http:'
    const config = await client.discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret, [client.clockTolerance]: SKEW_SECONDS },
      undefined,
      {
        timeout: PATIENCE_SECONDS,
        [client.customFetch]: tracedFetch,
        ...(isLocal ? { execute: [client.allowInsecureRequests] } : {}),
      },
    )
    const { jwks_uri } = config.serverMetadata()
    if (jwks_uri === undefined) throw new Error('The provider names no keys')
    const keys = createRemoteJWKSet(new URL(jwks_uri), {
      [customFetch]: tracedFetch,
      timeoutDuration: PATIENCE_SECONDS * 1000,
      cooldownDuration: KEY_COOLDOWN_MS,
      cacheMaxAge: KEY_AGE_MS,
    })
    return { config, keys }
  })
  const redirectUri = publicUrl + CALLBACK_PATH

  async function verify(token: string, meantFor: string): Promise<JWTPayload> {
    const { keys } = await discover()
    const demands: JWTVerifyOptions = {
      issuer,
      audience: meantFor,
      algorithms,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['sub', 'exp'],
    }
    return (await jwtVerify(token, keys, demands)).payload
  }

  return {
    begin: async ({ state, nonce, verifier }) => {
      const { config } = await discover()
      return client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopes,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
    },
    finish: async (address, { state, nonce, verifier }) => {
      const { config } = await discover()
      const tokens = await client.authorizationCodeGrant(config, address, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const claims = await verify(tokens.id_token ?? '', clientId)
      // The library asks this of tokens for several clients alone.
      if ((claims.azp ?? clientId) !== clientId) throw untrusted()
      if (config.serverMetadata().userinfo_endpoint === undefined) return claims
      // Many providers keep groups and addresses out of the token.
      return { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub ?? '')), ...claims }
    },
    end: async () => {
      const found = await discover().catch(() => null)
      if (found?.config.serverMetadata().end_session_endpoint === undefined) return null
      return client.buildEndSessionUrl(found.config, { post_logout_redirect_uri: `${publicUrl}/` })
    },
    verifyBearer: async (token) => {
      try {
        if (audience === null) throw unauthenticated('Invalid API key')
        return await verify(token, audience)
      } catch (error) {
        throw refusalOf(error)
      }
    },
  }
}

/** What the provider said of a person is not what it has to be. */
export const untrusted = () =>
  forbidden('The provider did not sign you in, or what it said could not be trusted')

/** What a token's fault means to whoever sent it; a provider that does not answer is nobody's fault. */
function refusalOf(error: unknown): unknown {
  if (error instanceof DomainError) return error
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has expired')
  const isTokens =
    error instanceof errors.JOSEError && !['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC'].includes(error.code)
  if (isTokens) return unauthenticated('The token is not good here')
  return new DomainError('UNAVAILABLE', 'The provider that signs people in cannot be reached')
}

/** Asks once; a failure is told for a moment, so that a provider that is down is not asked by every request. */
function rememberUntilItFails<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined
  let failedAt = Number.NEGATIVE_INFINITY
  return () => {
    if (answer === undefined || performance.now() - failedAt > PAUSE_MS) {
      failedAt = Number.POSITIVE_INFINITY
      answer = ask()
      answer.catch(() => {
        failedAt = performance.now()
      })
    }
    return answer
  }
}
