/** Work in the background, until it is stopped. */
export interface Rounds {
  /** Waits for the round that runs. */
  stop(): Promise<void>
}

/** Runs rounds of work one after the other, each so long after the last began; `isStopped` asks it to end early. */
export function startRounds(
  everyMs: number,
  work: (isStopped: () => boolean) => Promise<void>,
  onFailure: (error: unknown) => void,
): Rounds {
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
