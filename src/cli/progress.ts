import { SingleBar } from 'cli-progress'

/** Shows how far a command is with a known number of sessions. */
export interface Progress {
  start(total: number): void
  /** Counts one session as done, or several. */
  advance(counts: { failed: number; messages: number }, sessions?: number): void
  stop(): void
}

const linesEveryMs = 5000

/** A bar on a terminal, else a line every few seconds; both on stderr. */
export function createProgress(): Progress {
  const stream = process.stderr
  return stream.isTTY ? showBar(stream) : writeLines(stream)
}

function showBar(stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} sessions  {messages} messages  {failed} failed  {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    gracefulExit: false,
  })
  return {
    start: (total) => bar.start(total, 0, { messages: 0, failed: 0 }),
    advance: (counts, sessions = 1) => bar.increment(sessions, counts),
    stop: () => bar.stop(),
  }
}

function writeLines(stream: NodeJS.WriteStream): Progress {
  let total = 0
  let done = 0
  let timer: NodeJS.Timeout | undefined
  return {
    start: (count) => {
      total = count
      timer = setInterval(() => stream.write(`${done} of ${total} sessions\n`), linesEveryMs)
      timer.unref()
    },
    advance: (_, sessions = 1) => {
      done += sessions
    },
    stop: () => clearInterval(timer),
  }
}
