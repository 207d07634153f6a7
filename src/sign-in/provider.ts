import type { JWTPayload } from 'jose'
import * as client from 'openid-client'
import { unauthenticated } from '../domain/errors.js'
import { askProvider } from './ask-provider.js'
import { isSilent, NoProvider, sayFault, untrusted } from './faults.js'
import {
  createProviderKeys,
  PATIENCE_SECONDS,
  PAUSE_MS,
  type ProviderKeys,
  refusalOf,
  SKEW_SECONDS,
} from './provider-keys.js'
import { CALLBACK_PATH, type SignInSettings } from './settings.js'

/** What a sign-in that is under way keeps in the browser. */
export interface Attempt {
  state: string
  nonce: string
  verifier: string
}

/** What a provider says of a person. */
export interface Vouched {
  claims: Record<string, unknown>
  idToken: string
}

export interface Provider {
  /** Where to send a browser that signs in. */
  begin(attempt: Attempt): Promise<URL>
  /** Who comes back to this address; throws where anything is not as it was begun. */
  finish(address: URL, attempt: Attempt): Promise<Vouched>
  /**
   * Where to send a browser that signs out and was signed in by this ID token, so that the provider need not ask who; it comes
   * back to the public origin. Null where the provider has no such place or does not answer.
   */
  end(idToken: string | null): Promise<URL | null>
  /** The claims of a bearer token; `UNAUTHENTICATED` for one that is not good here. */
  verifyBearer(token: string): Promise<JWTPayload>
  /** Throws what keeps people from signing in: of addresses, of keys, and of the client, by asking for a code that nobody got. */
  examine(): Promise<void>
}

interface Discovered {
  config: client.Configuration
  keys: ProviderKeys
}

/** The provider of this issuer, which is asked for its addresses at first need. */
export function createProvider(settings: SignInSettings): Provider {
  const { issuer, clientId, clientSecret, publicUrl, scopes, audience } = settings
  const discover = rememberUntilItFails(async (): Promise<Discovered> => {
    const isLocal = new URL(issuer).protocol === 'http:'
    const metadata = { client_secret: clientSecret, [client.clockTolerance]: SKEW_SECONDS }
    const config = await client
      .discovery(new URL(issuer), clientId, metadata, undefined, {
        timeout: PATIENCE_SECONDS,
        [client.customFetch]: askProvider,
        ...(isLocal ? { execute: [client.allowInsecureRequests] } : {}),
      })
      .catch((cause: Error) => {
        throw isSilent(cause) ? cause : new NoProvider(cause.message, { cause })
      })
    const { jwks_uri } = config.serverMetadata()
    if (jwks_uri === undefined) throw new NoProvider('The provider names no keys')
    return { config, keys: createProviderKeys(jwks_uri) }
  })
  const redirectUri = publicUrl + CALLBACK_PATH

  async function verify(token: string, meantFor: string): Promise<JWTPayload> {
    const { config, keys } = await discover()
    // As the provider spells it: the library lets an address without a path end with a slash or not.
    return keys.verify(token, config.serverMetadata().issuer, meantFor)
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
      const idToken = tokens.id_token ?? ''
      const claims = await verify(idToken, clientId)
      // The library asks this of tokens for several clients alone.
      if ((claims.azp ?? clientId) !== clientId) throw untrusted()
      if (config.serverMetadata().userinfo_endpoint === undefined) return { claims, idToken }
      // Many providers keep groups and addresses out of the token.
      const more = await client.fetchUserInfo(config, tokens.access_token, claims.sub ?? '')
      return { claims: { ...more, ...claims }, idToken }
    },
    end: async (idToken) => {
      const found = await discover().catch(() => null)
      if (found?.config.serverMetadata().end_session_endpoint === undefined) return null
      return client.buildEndSessionUrl(found.config, {
        post_logout_redirect_uri: `${publicUrl}/`,
        ...(idToken === null ? {} : { id_token_hint: idToken }),
      })
    },
    examine: async () => {
      const { config, keys } = await discover()
      await keys.fetch()
      const madeUp = { code: 'nobody-got-this', redirect_uri: redirectUri }
      const verifier = { code_verifier: client.randomPKCECodeVerifier() }
      try {
        await client.genericGrantRequest(config, 'authorization_code', { ...madeUp, ...verifier })
      } catch (error) {
        if (!(error instanceof client.ResponseBodyError && error.error === 'invalid_grant')) throw error
      }
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

/** What keeps people from signing in, a sentence each: asks the provider for its addresses and keys, and whether it knows this client. */
export async function lacksOfSignIn(settings: SignInSettings): Promise<string[]> {
  try {
    await createProvider(settings).examine()
    return []
  } catch (error) {
    return [`${sayFault(error) ?? `The provider refuses to be asked: ${(error as Error).message}`}.`]
  }
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
