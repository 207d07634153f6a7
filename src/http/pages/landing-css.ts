/** Styles of the landing page, for light and dark screens. */
export const landingCss = `:root { color-scheme: light dark; --ink: #1d2b4f; --soft: #5b6785; --paper: #f6f8fb; --card: #fff;
  --line: #dfe5ee; --accent: #0b7a5f }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf7; --soft: #9fabc6; --paper: #10172a; --card: #182238;
  --line: #2a3654; --accent: #7fd1b9 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1rem;
  background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
main { width: 100%; max-width: 44rem }
h1 { margin: 1rem 0 .25rem; font-size: 2rem; letter-spacing: -.02em }
p { margin: 0 0 2rem; color: var(--soft); max-width: 36rem }
ul { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line);
  border-radius: 12px; overflow: hidden }
li { display: grid; grid-template-columns: 15rem 1fr; gap: .25rem 1.5rem; padding: .85rem 1.25rem }
li + li { border-top: 1px solid var(--line) }
a { color: var(--accent); font-family: ui-monospace, monospace; font-size: .95rem; text-decoration: none }
a:hover, a:focus-visible { text-decoration: underline }
span { color: var(--soft) }
@media (max-width: 36rem) { li { grid-template-columns: 1fr } }
`
