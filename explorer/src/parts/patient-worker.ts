interface Waiting<Answer> {
  settle: (answer: Answer | null) => void
  timer: ReturnType<typeof setTimeout>
}

/** A question and an answer on their way to a worker and back. */
export interface Sent<Content> {
  id: number
  content: Content
}

/**
 * Asks a worker, so that the page goes on whatever it takes; null where the worker has none, or needs longer than one has patience:
 * it is ended then, and what waits behind gets none either.
 */
export function patientWorker<Question, Answer>(start: () => Worker, patienceMs: number) {
  let worker: Worker | null = null
  let asked = 0
  const waiting = new Map<number, Waiting<Answer>>()
  const listen = (started: Worker) => {
    started.onerror = end
    started.onmessage = ({ data: { id, content } }: MessageEvent<Sent<Answer | null>>) => {
      const one = waiting.get(id)
      if (one === undefined) return
      waiting.delete(id)
      clearTimeout(one.timer)
      one.settle(content)
    }
    return started
  }
  const end = () => {
    worker?.terminate()
    worker = null
    for (const { settle, timer } of waiting.values()) {
      clearTimeout(timer)
      settle(null)
    }
    waiting.clear()
  }
  return (content: Question): Promise<Answer | null> => {
    worker ??= listen(start())
    const id = asked++
    worker.postMessage({ id, content } satisfies Sent<Question>)
    return new Promise((settle) => {
      waiting.set(id, { settle, timer: setTimeout(end, patienceMs) })
    })
  }
}
