import { type RefObject, useEffect, useRef } from 'react'

const hasFocus = () => document.activeElement !== document.body

/**
 * Gives the list the focus when the session that is open is closed, since whatever had the focus in there is gone; an element that
 * has taken it meanwhile keeps it.
 */
export function useFocusBack(list: RefObject<HTMLElement | null>, open: string | null): void {
  const was = useRef(open)
  useEffect(() => {
    if (was.current !== null && open === null && !hasFocus()) list.current?.focus({ preventScroll: true })
    was.current = open
  }, [list, open])
}
