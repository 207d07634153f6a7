import { useEffect, useRef } from 'react'

/** What a key press is written as: `j`, `Enter`, `?`, or two in a row: `g s`. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>

const PAUSE_MS = 800
let led: { key: string; at: number } | null = null

/** Calls what a key stands for while nobody types into a field and no dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      if (isItsOwn(event)) return
      const led2 = led !== null && event.timeStamp - led.at < PAUSE_MS ? `${led.key} ${event.key}` : null
      const act = (led2 !== null ? latest.current[led2] : undefined) ?? latest.current[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

// The window hears of a key last, so that the second key of a pair still sees the first.
window.addEventListener('keydown', (event) => {
  led = event.key === 'g' ? { key: event.key, at: event.timeStamp } : null
})

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]',
    ) !== null
  )
}

/** Enter follows a link and presses a button; arrows scroll what the focus is in, unless that is a table of rows. */
function isItsOwn({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (key === 'Enter') return target.closest('a, button, summary') !== null
  return key.startsWith('Arrow') && target.closest('[tabindex="0"]:not([role="grid"]), summary') !== null
}
