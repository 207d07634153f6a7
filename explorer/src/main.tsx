import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { applyTheme } from './frame/theme'
import './styles/tokens.css'
import './styles/controls.css'
import './styles/ansi.css'
import './styles/press.css'

applyTheme()
const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
