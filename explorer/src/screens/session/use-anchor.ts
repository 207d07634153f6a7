import type { Virtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'

/** What a person does to look elsewhere. */
const MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * Gives a function that leads to a row and holds it in view while the rows around it take their heights,
 * until the person moves on.
 */
export function useAnchor(virtual: Virtualizer<HTMLDivElement, Element>): (index: number) => void {
  const held = useRef<number | null>(null)
  useEffect(() => {
    const release = () => {
      held.current = null
    }
    const options = { capture: true, passive: true }
    for (const move of MOVES) window.addEventListener(move, release, options)
    return () => {
      for (const move of MOVES) window.removeEventListener(move, release, options)
    }
  }, [])

  const size = virtual.getTotalSize()
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that change are what asks for it
  useEffect(() => {
    if (held.current !== null) virtual.scrollToIndex(held.current, { align: 'start' })
  }, [size, virtual])

  return useCallback(
    (index: number) => {
      held.current = index
      virtual.scrollToIndex(index, { align: 'start' })
    },
    [virtual],
  )
}
