const STORED = 'session-gateway.key'

let held: string | null = sessionStorage.getItem(STORED)
const listeners = new Set<() => void>()

/** The API key of the viewer, null while there is none; never part of an address. */
export function readKey(): string | null {
  return held
}

/** Holds a key in memory, and in session storage if it shall outlive a reload; null forgets it everywhere. */
export function holdKey(key: string | null, remember: boolean): void {
  held = key
  if (key !== null && remember) sessionStorage.setItem(STORED, key)
  else sessionStorage.removeItem(STORED)
  for (const tell of listeners) tell()
}

/** Calls back when the key changes; gives the function that ends it. */
export function watchKey(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
