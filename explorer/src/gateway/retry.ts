const LONGEST_WAIT_MS = 8000

/** How long to wait before something is asked for again: longer each time, never so long that the page misses a gateway that is back. */
export const waitMs = (retries: number, chance = Math.random()): number =>
  Math.min(1000 * 2 ** retries, LONGEST_WAIT_MS) * (0.75 + chance / 2)

/** Waits before something is asked for again, or until the browser has a network again. */
export const untilRetry = (retries: number): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      removeEventListener('online', go)
      resolve()
    }
    const timer = setTimeout(go, waitMs(retries))
    addEventListener('online', go)
  })

/** A load begins with a quarter of the wait of a stream: somebody looks at what is missing. */
const SOONER = 2

/** What a load gives; one that fails is done again, unless there is no use in a further time: then its failure is thrown. */
export async function insist<Loaded>(
  load: () => Promise<Loaded>,
  isOfUse: (times: number, error: unknown) => boolean | Promise<boolean> = () => true,
): Promise<Loaded> {
  for (let retries = 0; ; retries += 1)
    try {
      return await load()
    } catch (error) {
      if (!(await isOfUse(retries + 1, error))) throw error
      await untilRetry(retries - SOONER)
    }
}
