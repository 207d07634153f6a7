import { insist } from '../gateway/retry'

const lost = new Set<HTMLLinkElement>()

addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target)
  },
  true,
)

// Those of the first screen may have failed before anybody listened.
const bringFirst = () => {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
    if (link.sheet === null) lost.add(link)
  if (lost.size > 0) void insist(bringLostSheets)
}
// The page's own script may itself come late.
if (document.readyState === 'complete') bringFirst()
else addEventListener('load', bringFirst)

/** Asks again for the styles that did not come, which Vite never does; rejects while some still do not. */
export function bringLostSheets(): Promise<unknown> {
  return Promise.all(
    [...lost].map(
      (link) =>
        new Promise((resolve, reject) => {
          lost.delete(link)
          const again = link.cloneNode() as HTMLLinkElement
          again.onload = resolve
          again.onerror = reject
          link.replaceWith(again)
        }),
    ),
  )
}
