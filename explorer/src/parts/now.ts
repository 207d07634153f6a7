import { useSyncExternalStore } from 'react'

const STEP_MS = 30_000
const listeners = new Set<() => void>()
let now = Date.now()
setInterval(() => {
  now = Date.now()
  for (const tell of listeners) tell()
}, STEP_MS)

/** The time in milliseconds, in steps of half a minute, the same for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => now,
  )
}
