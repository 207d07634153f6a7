import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 700px)')

/** Whether the page is as narrow as a phone; the same bound as in the styles. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (tell) => {
      query.addEventListener('change', tell)
      return () => query.removeEventListener('change', tell)
    },
    () => query.matches,
  )
}
