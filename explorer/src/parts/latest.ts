import { useCallback, useLayoutEffect, useRef } from 'react'

/** A function that stays the same and calls the newest one: what it is given to need not render anew. */
export function useLatest<Args extends unknown[]>(call: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(call)
  useLayoutEffect(() => {
    latest.current = call
  })
  return useCallback((...args: Args) => latest.current(...args), [])
}
