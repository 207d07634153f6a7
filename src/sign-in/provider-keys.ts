import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose'
import { DomainError, unauthenticated } from '../domain/errors.js'
import { askProvider } from './ask-provider.js'

/** How far the clocks of provider and gateway may be apart. */
export const SKEW_SECONDS = 30
export const PATIENCE_SECONDS = 5
/** How long a provider that did not answer as it should is left alone. */
export const PAUSE_MS = 2000
/** How long after a fetch an unknown key has the keys fetched again, at the earliest. */
const KEY_COOLDOWN_MS = 10_000
const KEY_AGE_MS = 600_000

/** Signatures by a private key of the provider; a shared secret or none at all proves nothing. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

const ofKeys: readonly string[] = ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']
/** Whether a fault of the library is one of the keys that it fetched, and not of the token. */
export const isOfKeys = (error: unknown): boolean =>
  error instanceof errors.JOSEError && ofKeys.includes(error.code)

export interface ProviderKeys {
  fetch(): Promise<void>
  /** The claims of a token that is signed by one of the keys, in its time, from this issuer and meant for this audience; throws for others. */
  verify(token: string, issuer: string, audience: string): Promise<JWTPayload>
}

/** The keys at this address, which are fetched when they are first needed; not again for a moment where that fails, whoever asks. */
export function createProviderKeys(address: string): ProviderKeys {
  let pause: { until: number; fault: unknown } | null = null
  const rest = (fault: unknown) => {
    if (fault !== pause?.fault) pause = { until: performance.now() + PAUSE_MS, fault }
  }
  const keys = createRemoteJWKSet(new URL(address), {
    [customFetch]: async (url, asked) => {
      if (pause !== null && performance.now() < pause.until) throw pause.fault
      try {
        return await askProvider(url, asked)
      } catch (error) {
        rest(error)
        throw error
      }
    },
    timeoutDuration: PATIENCE_SECONDS * 1000,
    cooldownDuration: KEY_COOLDOWN_MS,
    cacheMaxAge: KEY_AGE_MS,
  })
  return {
    fetch: keys.reload,
    verify: async (token, issuer, audience) => {
      const demands: JWTVerifyOptions = {
        issuer,
        audience,
        algorithms,
        clockTolerance: SKEW_SECONDS,
        requiredClaims: ['sub', 'exp'],
      }
      try {
        return (await jwtVerify(token, keys, demands)).payload
      } catch (error) {
        if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyByAny(token, error, demands)
        if (isOfKeys(error)) rest(error)
        throw error
      }
    },
  }
}

/** A token that names no key may be signed by any that its algorithm goes with: a provider that changes keys has two. */
async function verifyByAny(
  token: string,
  keys: errors.JWKSMultipleMatchingKeys,
  demands: JWTVerifyOptions,
): Promise<JWTPayload> {
  for await (const key of keys) {
    const verified = await jwtVerify(token, key, demands).catch((error) => {
      if (error instanceof errors.JWSSignatureVerificationFailed) return null
      throw error
    })
    if (verified !== null) return verified.payload
  }
  throw new errors.JWSSignatureVerificationFailed()
}

/** What a token's fault means to whoever sent it; a provider that does not answer is nobody's fault. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof DomainError) return error
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has expired')
  if (error instanceof errors.JOSEError && !isOfKeys(error))
    return unauthenticated('The token is not good here')
  return new DomainError('UNAVAILABLE', 'The provider that signs people in cannot be reached')
}
