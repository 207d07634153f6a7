import { type Grant, parseGrants } from '../domain/sign-in/grants.js'
import { onOrOff, setting, text, wholeNumber } from './setting.js'
import { parseIssuer, parseOrigin } from './values.js'

/** How people sign in. */
export const signInSettings = {
  publicUrl: setting<string | null>({
    env: 'PUBLIC_URL',
    takes: 'an origin such as https://sessions.example.com',
    parse: parseOrigin,
    default: null,
    shown: '',
    description: 'Where browsers reach the gateway; sign-in needs it.',
  }),
  oidcIssuer: setting<string | null>({
    env: 'OIDC_ISSUER',
    takes: 'an https:// URL, or an http:// one of this machine',
    parse: parseIssuer,
    default: null,
    shown: '',
    description: 'The OpenID Connect provider by which people sign in; unset means keys alone.',
  }),
  oidcClientId: setting<string | null>({
    env: 'OIDC_CLIENT_ID',
    takes: 'a text',
    parse: text,
    default: null,
    shown: '',
    description: 'What the provider calls the gateway.',
  }),
  oidcClientSecret: setting<string | null>({
    env: 'OIDC_CLIENT_SECRET',
    takes: '16 characters or more',
    parse: (value) => (value.length >= 16 ? value : undefined),
    default: null,
    shown: '',
    description: 'The secret that the provider gave it.',
    secret: true,
  }),
  oidcScopes: setting<string>({
    env: 'OIDC_SCOPES',
    takes: 'scopes separated by spaces, openid among them',
    parse: (value) => (value.split(' ').includes('openid') ? value : undefined),
    default: 'openid profile email',
    shown: 'openid profile email',
    description: 'What is asked of the provider about a person.',
  }),
  oidcRoles: setting<readonly Grant[]>({
    env: 'OIDC_ROLES',
    takes: 'rows such as groups:devs=acme/main:write, separated by commas',
    parse: parseGrants,
    default: [],
    shown: '',
    description:
      'Who gets which role where: `claim:value=organization/workspace:role`, separated by commas; the value `*` is any.',
  }),
  oidcAudience: setting<string | null>({
    env: 'OIDC_AUDIENCE',
    takes: 'a text',
    parse: text,
    default: null,
    shown: '',
    description:
      'Takes access tokens of the provider that are meant for this audience as keys; unset takes none.',
  }),
  oidcSignOut: setting<boolean>({
    env: 'OIDC_SIGN_OUT',
    ...onOrOff,
    default: true,
    shown: 'true',
    description: 'Signing out ends the session at the provider too, where it has an end_session_endpoint.',
  }),
  signInHours: setting<number>({
    env: 'SIGN_IN_HOURS',
    ...wholeNumber(1, 720),
    default: 12,
    shown: '12',
    description: 'How long a browser stays signed in, in hours.',
  }),
}
