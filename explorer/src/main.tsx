import { askFirst } from './first-questions'
import { applyTheme } from './frame/theme'
import { insist } from './gateway/retry'
import './styles/tokens.css'
import './styles/controls.css'
import './styles/ansi.css'
import './styles/press.css'

/** So long the page waits for its first answers before it shows that it waits. */
const PATIENCE_MS = 200

applyTheme()
const answered = askFirst()
const { showPage } = await insist(() => import('./page'))
await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
showPage()
