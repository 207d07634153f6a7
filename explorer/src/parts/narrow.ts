import { useSyncExternalStore } from 'react'

// The same bounds as in the styles.
const phone = matchMedia('(max-width: 700px)')
const wall = matchMedia('(min-width: 2000px)')

/** Whether the page is as narrow as a phone. */
export const useIsNarrow = (): boolean => useMatches(phone)

/** Whether there is room for a whole table beside an open session. */
export const useIsVast = (): boolean => useMatches(wall)

function useMatches(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (tell) => {
      query.addEventListener('change', tell)
      return () => query.removeEventListener('change', tell)
    },
    () => query.matches,
  )
}
