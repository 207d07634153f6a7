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
addEventListener('load', () => {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
    if (link.sheet === null) lost.add(link)
  if (lost.size > 0) void insist(bringLostSheets)
})

/** Asks again for the styles that did not come, which Vite never does; rejects while some still do not. */
export const bringLostSheets = (): Promise<unknown> =>
  Promise.all(
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
