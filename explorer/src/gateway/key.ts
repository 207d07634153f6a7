import { readMeta } from './meta'

const STORED = 'session-gateway.key'

let held: string | null = sessionStorage.getItem(STORED)
/** Whether the gateway knows this browser by its cookie, which no script can read. */
let isSignedIn = readMeta('signed-in') !== ''
/** Whether the gateway did not know whoever was asked as last. */
let isRefused = false
const listeners = new Set<() => void>()

/** The API key of the viewer, null while there is none; never part of an address. */
export function readKey(): string | null {
  return held
}

/** Whom the gateway is asked as: a key, else the person who signed in (an empty text), else nobody (null). */
export function readCaller(): string | null {
  return held ?? (isSignedIn ? '' : null)
}

/** Whether there is no caller because the gateway did not know the last one. */
export const wasRefused = (): boolean => isRefused

/** Holds a key in memory, and in session storage if it shall outlive a reload; null forgets it everywhere. */
export function holdKey(key: string | null, remember: boolean): void {
  held = key
  isRefused = false
  if (key !== null && remember) sessionStorage.setItem(STORED, key)
  else sessionStorage.removeItem(STORED)
  for (const tell of listeners) tell()
}

/** Forgets whom the gateway does not know any more, the key or else the person, unless it is another one by now. */
export function forgetCaller(caller: string | null): void {
  if (caller === null || readCaller() !== caller) return
  if (held === null) isSignedIn = false
  held = null
  isRefused = true
  sessionStorage.removeItem(STORED)
  for (const tell of listeners) tell()
}

/** Signs the person out, here and at the gateway, and goes on to the provider where that is signed out of too. */
export async function signOut(): Promise<void> {
  const headers = { 'GraphQL-Require-Preflight': '1' }
  const answer = await fetch('/auth/sign-out', { method: 'POST', headers }).catch(() => null)
  isSignedIn = false
  holdKey(null, false)
  if (answer?.status !== 200) return
  const { location: there } = (await answer.json()) as { location: string }
  location.assign(there)
}

/** Calls back when the caller changes; gives the function that ends it. */
export function watchKey(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
