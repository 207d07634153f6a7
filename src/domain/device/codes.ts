import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Consonants alone, so that no code spells a word, and none that is taken for another. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8

/** How codes and tokens of devices begin, which has them blanked in log lines. */
export const DEVICE_PREFIX = 'sgd_'

/** A code or token for a program: 256 random bits. */
export function generateDeviceSecret(): string {
  return `${DEVICE_PREFIX}${randomBytes(32).toString('base64url')}`
}

/** A code for people to compare and type, such as `BCDF-GHJK`: one of 25.6 billion. */
export function generateUserCode(): string {
  const code = Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]).join('')
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}

/** What is stored of a code or token, which is never stored itself. */
export function hashCode(code: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(code).digest())
}

/** As `hashCode`, for what a person typed: case, spaces and hyphens do not count. */
export function hashUserCode(typed: string): Uint8Array<ArrayBuffer> {
  return hashCode(
    typed
      .slice(0, 100)
      .toUpperCase()
      .replace(/[^A-Z]/g, ''),
  )
}
