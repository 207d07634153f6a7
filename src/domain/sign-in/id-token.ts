import { hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** Longer ones are not kept: with the rest of the address at which people sign out, servers refuse them. */
const MAX_LENGTH = 6000

/** Seals a provider's ID token so that the browser's own token alone opens it, which is stored nowhere; null for one that is too long. */
export async function sealIdToken(idToken: string, browserToken: string): Promise<string | null> {
  if (idToken.length > MAX_LENGTH) return null
  return new CompactEncrypt(new TextEncoder().encode(idToken))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(browserToken))
}

/** What was sealed for this browser; null for what was not. */
export async function openIdToken(sealed: string, browserToken: string): Promise<string | null> {
  const opened = await compactDecrypt(sealed, keyOf(browserToken), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch(() => null)
  return opened && new TextDecoder().decode(opened.plaintext)
}

/** Another function of the token than the hash by which it is stored. */
const keyOf = (browserToken: string) =>
  new Uint8Array(hkdfSync('sha256', browserToken, '', 'session-gateway id token', 32))
