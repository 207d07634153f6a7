/** Work in the background, until it is stopped. */
export interface Background {
  /** Waits for the round that runs. */
  stop(): Promise<void>
}

/** Runs rounds of work one after the other, each so long after the last began; `isStopped` asks it to end early. */
export function repeat(
  everyMs: number,
  work: (isStopped: () => boolean) => Promise<void>,
  onFailure: (error: unknown) => void,
): Background {
  let running: Promise<void> | null = null
  let stopped = false
  const round = async () => {
    await work(() => stopped).catch(onFailure)
    running = null
  }
  const timer = setInterval(() => {
    running ??= round()
  }, everyMs).unref()
  return {
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}

/** Does a piece of work for each in turn, and again for those with more to do: who has much keeps no other waiting. */
export async function takeTurns<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<{ hasMore: boolean }>,
  isStopped: () => boolean,
): Promise<void> {
  for (let left = items; left.length > 0; ) {
    const unfinished: Item[] = []
    for (const item of left) {
      if (isStopped()) return
      if ((await work(item)).hasMore) unfinished.push(item)
    }
    left = unfinished
  }
}
