import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { GatewayFailure } from './gateway/failure'

/** Puts the page where it belongs. */
export function showPage(): void {
  const root = document.getElementById('root')
  if (root !== null)
    createRoot(root, { onCaughtError: tellUnlessShown }).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
}

/** What the gateway refused stands where it was asked; anything else is a fault of the page. */
function tellUnlessShown(error: unknown): void {
  if (!(error instanceof GatewayFailure)) console.error(error)
}
