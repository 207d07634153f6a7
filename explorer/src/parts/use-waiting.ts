import { useEffect, useState } from 'react'

/** So long what is shown stays as it is while other things are on their way. */
const PATIENCE_MS = 150

/**
 * Attributes of a part that shows what was asked before: `data-stale` at once, `data-dim` when it lasts. Not a transition
 * with a delay, which makes a layer of each element that it might begin on.
 */
export function useWaiting(isStale: boolean) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    if (!isStale) return
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setIsLong(false)
    }
  }, [isStale])
  return { 'data-stale': isStale, 'data-dim': isStale && isLong }
}
