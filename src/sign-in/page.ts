import { pagePolicy } from '../http/answer.js'
import { escapeHtml } from '../http/html.js'
import { SIGN_IN_PATH } from './settings.js'

/** Such a page loads and runs nothing. */
export const failedPolicy = pagePolicy()

/** Says in a sentence why nobody was signed in. */
export function failedPage(sentence: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Session Gateway · Sign in</title>
  </head>
  <body>
    <h1>Not signed in</h1>
    <p>${escapeHtml(sentence)}.</p>
    <p><a href="${SIGN_IN_PATH}">Sign in again</a>, or <a href="/">open with a key</a>.</p>
  </body>
</html>
`
}
