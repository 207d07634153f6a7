const STORED = 'session-gateway.theme'

export type Theme = 'light' | 'dark' | null

/** The theme that the viewer chose here; null follows the system. */
function readTheme(): Theme {
  const stored = localStorage.getItem(STORED)
  return stored === 'light' || stored === 'dark' ? stored : null
}

/** Shows the page in the chosen theme. */
export function applyTheme(): void {
  const theme = readTheme()
  if (theme === null) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Turns light to dark and back, and remembers it. */
export function toggleTheme(): void {
  const isDark =
    readTheme() === 'dark' || (readTheme() === null && matchMedia('(prefers-color-scheme: dark)').matches)
  localStorage.setItem(STORED, isDark ? 'light' : 'dark')
  applyTheme()
}
