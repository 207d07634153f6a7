import type { Store } from '../db/sql.js'
import { DEVICE_PREFIX } from '../domain/device/codes.js'
import { findDeviceViewer } from '../domain/device/login.js'
import { unauthenticated } from '../domain/errors.js'
import { findViewer } from '../domain/tenancy/api-key.js'
import type { Viewer } from '../domain/viewer.js'

/** Longer texts are no keys; they are not even hashed. */
const MAX_CREDENTIAL_LENGTH = 4096

/** A way to tell who a credential belongs to; null passes it on to the next. */
export type Strategy = (store: Store, credential: string) => Promise<Viewer | null>

const apiKey: Strategy = async (store, credential) => {
  const found = await findViewer(store, credential)
  if (found.state === 'expired') throw unauthenticated('API key expired')
  return found.state === 'valid' ? found.viewer : null
}

const deviceToken: Strategy = async (store, credential) =>
  credential.startsWith(DEVICE_PREFIX) ? findDeviceViewer(store, credential) : null

/**
 * Who calls; `UNAUTHENTICATED` when the credential is missing, unknown, revoked or expired. Further ways are asked in their
 * order before that of keys; the first that knows the credential answers.
 */
export async function authenticate(
  store: Store,
  credential: string | null,
  further: readonly Strategy[] = [],
): Promise<Viewer> {
  if (credential === null || credential === '') throw unauthenticated('Authentication required')
  if (credential.length > MAX_CREDENTIAL_LENGTH) throw unauthenticated('Invalid API key')
  for (const strategy of [...further, deviceToken, apiKey]) {
    const viewer = await strategy(store, credential)
    if (viewer !== null) return viewer
  }
  throw unauthenticated('Invalid API key')
}
