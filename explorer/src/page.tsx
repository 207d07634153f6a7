import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'

/** Puts the page where it belongs. */
export function showPage(): void {
  const root = document.getElementById('root')
  if (root !== null)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
}
