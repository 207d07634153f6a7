import { hkdfSync } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'
import type { Attempt } from './provider.js'

/** What a browser carries from where a sign-in began to where it ends. */
export interface Carried extends Attempt {
  /** Where the browser goes once it is signed in: a path of this origin. */
  returnTo: string
}

/** How long a sign-in may take. */
export const ATTEMPT_SECONDS = 600

export interface Seal {
  close(carried: Carried): Promise<string>
  /** Null for what was not sealed here, was changed, or is too old. */
  open(text: string): Promise<Carried | null>
}

/** Seals by a key that every process derives from the client's secret, so that any of them may answer the callback. */
export function createSeal(clientSecret: string): Seal {
  const key = new Uint8Array(hkdfSync('sha256', clientSecret, '', 'session-gateway sign-in', 32))
  return {
    close: (carried) =>
      new EncryptJWT({ ...carried })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(`${ATTEMPT_SECONDS}s`)
        .encrypt(key),
    open: async (text) => {
      const opened = await jwtDecrypt<Carried>(text, key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
      }).catch(() => null)
      return opened?.payload ?? null
    },
  }
}
