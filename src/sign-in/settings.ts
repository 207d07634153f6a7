import type { Grant } from '../domain/sign-in/grants.js'

/** What signing in by OpenID Connect takes. */
export interface SignInSettings {
  /** The origin at which browsers reach the gateway. */
  publicUrl: string
  issuer: string
  clientId: string
  clientSecret: string
  scopes: string
  roles: readonly Grant[]
  /** Whom bearer tokens have to be meant for; null takes none. */
  audience: string | null
  /** How long a browser stays signed in. */
  hours: number
  /** Whether signing out ends the session at the provider too, where it offers that. */
  signsOutThere: boolean
}

/** Where the provider sends browsers back to, below the public origin. */
export const CALLBACK_PATH = '/auth/callback'
export const SIGN_IN_PATH = '/auth/sign-in'
export const SIGN_OUT_PATH = '/auth/sign-out'
