import type { Db } from '../db/prisma.js'
import { unauthenticated } from '../domain/errors.js'
import { findViewer } from '../domain/tenancy/api-key.js'
import type { Viewer } from '../domain/viewer.js'

/** Longer texts are no keys; they are not even hashed. */
const MAX_CREDENTIAL_LENGTH = 4096

/** A way to tell who a credential belongs to; null passes it on to the next. */
type Strategy = (db: Db, credential: string) => Promise<Viewer | null>

const apiKey: Strategy = async (db, credential) => {
  const found = await findViewer(db, credential)
  if (found.state === 'expired') throw unauthenticated('API key expired')
  return found.state === 'valid' ? found.viewer : null
}

/** Asked in this order; the first that knows the credential answers. */
const strategies: readonly Strategy[] = [apiKey]

/** Who calls; `UNAUTHENTICATED` when the credential is missing, unknown, revoked or expired. */
export async function authenticate(db: Db, credential: string | null): Promise<Viewer> {
  if (credential === null || credential === '') throw unauthenticated('Authentication required')
  if (credential.length > MAX_CREDENTIAL_LENGTH) throw unauthenticated('Invalid API key')
  for (const strategy of strategies) {
    const viewer = await strategy(db, credential)
    if (viewer !== null) return viewer
  }
  throw unauthenticated('Invalid API key')
}
