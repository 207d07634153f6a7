import { oneLine } from '../../rules/controls.js'
import { isStorable } from '../../rules/text.js'

/** A person as a provider of OpenID Connect vouches for them. */
export interface Person {
  issuer: string
  /** What the provider calls them by, for good. */
  subject: string
  /** Null where the provider does not vouch for it. */
  verifiedEmail: string | null
  fullName: string | null
  /** All that is said of them, but for an e-mail address that the provider does not vouch for: people set that themselves. */
  claims: Readonly<Record<string, unknown>>
}

/** Longest issuer or subject (the specification allows 255 characters). */
const MAX_NAME = 255

/** Reads a person from claims that have been verified; null when they name nobody. */
export function readPerson(claims: Readonly<Record<string, unknown>>): Person | null {
  const { iss, sub, name } = claims
  if (!isName(iss) || !isName(sub)) return null
  const { email, ...others } = claims
  // Some providers say it as a text.
  const isVerified = [true, 'true'].includes(claims.email_verified as boolean | string)
  return {
    issuer: iss,
    subject: sub,
    verifiedEmail: isVerified && isAddress(email) ? email : null,
    fullName: (isName(name) && oneLine(name)) || null,
    claims: isVerified ? claims : others,
  }
}

/** Its letters are folded: of what folds to a letter of ASCII, the Kelvin sign, another mailbox would come. */
const isAddress = (value: unknown): value is string => isName(value) && !value.includes('\u212a')

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME && isStorable(value)
