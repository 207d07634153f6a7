import * as client from 'openid-client'
import { DomainError, forbidden } from '../domain/errors.js'
import { log } from '../log.js'
import { isOfKeys } from './provider-keys.js'

/** What answers at the issuer's address is no provider of that name; the cause is the library's. */
export class NoProvider extends Error {
  override name = 'NoProvider'
}

/** What the provider said of a person is not what it has to be. */
export const untrusted = (): DomainError =>
  forbidden('The provider did not sign you in, or what it said could not be trusted')

/** Answers of a token endpoint to whoever it does not know. */
const strangers: readonly unknown[] = ['invalid_client', 'unauthorized_client']

/** What is wrong between gateway and provider, as a sentence without its full stop; null where it is a person's affair. */
export function sayFault(error: unknown): string | null {
  if (error instanceof NoProvider)
    return 'What answers at OIDC_ISSUER is no OpenID Connect provider of that name'
  if (error instanceof client.ResponseBodyError && strangers.includes(error.error))
    return 'The provider does not take OIDC_CLIENT_ID with OIDC_CLIENT_SECRET'
  return isSilent(error) ? 'The provider that signs people in cannot be reached' : null
}

/** Whether a provider did not answer, as far as the libraries tell. */
export function isSilent(error: unknown): boolean {
  const { code } = error as { code?: string }
  return error instanceof TypeError || code === undefined || code === 'OAUTH_TIMEOUT' || isOfKeys(error)
}

/** The provider's refusals and the library's, told apart from faults between gateway and provider; what they carry is not logged. */
export function blameProvider(error: unknown): never {
  if (error instanceof DomainError) throw error
  const { code, error: refusal, message } = error as { code?: string; error?: string; message?: string }
  log.warn({ code, refusal, reason: message }, 'the provider did not sign somebody in')
  const fault = sayFault(error)
  throw fault === null ? untrusted() : new DomainError('UNAVAILABLE', fault)
}
