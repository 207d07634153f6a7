/** A piece of code in one colour. */
export interface Token {
  content: string
  offset: number
  style: Record<string, string> | undefined
}

export interface HighlightQuestion {
  id: number
  text: string
  language: string
}

export interface HighlightAnswer {
  id: number
  /** Null for a language without a grammar. */
  lines: Token[][] | null
}

/** Code that takes longer stays plain: a grammar may need minutes for what was made for that. */
const PATIENCE_MS = 3000

interface Waiting {
  settle: (lines: Token[][] | null) => void
  timer: ReturnType<typeof setTimeout>
}

let worker: Worker | null = null
let asked = 0
const waiting = new Map<number, Waiting>()

/** Tokens of code by lines, in the colours of both themes, found beside the page, so that nothing waits for them; null when there are none. */
export function highlight(text: string, language: string): Promise<Token[][] | null> {
  worker ??= start()
  const id = asked++
  worker.postMessage({ id, text, language } satisfies HighlightQuestion)
  return new Promise((settle) => {
    waiting.set(id, { settle, timer: setTimeout(restart, PATIENCE_MS) })
  })
}

function start(): Worker {
  const started = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' })
  started.onmessage = ({ data }: MessageEvent<HighlightAnswer>) => {
    const one = waiting.get(data.id)
    if (one === undefined) return
    waiting.delete(data.id)
    clearTimeout(one.timer)
    one.settle(data.lines)
  }
  return started
}

/** Ends what takes too long; whatever waits behind it stays plain too. */
function restart(): void {
  worker?.terminate()
  worker = null
  for (const { settle, timer } of waiting.values()) {
    clearTimeout(timer)
    settle(null)
  }
  waiting.clear()
}
