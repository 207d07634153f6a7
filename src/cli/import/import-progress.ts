import { SingleBar } from 'cli-progress'

/** Shows how far an import is: by the bytes that were read, with the sessions and messages that came of them. */
export interface ImportProgress {
  start(totalBytes: number): void
  read(bytes: number): void
  /** Counts messages that were written of a session that goes on. */
  wrote(messages: number): void
  /** Counts one session as done. */
  advance(counts: { messages: number; failed: number }): void
  stop(): void
}

const linesEveryMs = 5000

/** A bar on a terminal, else a line every few seconds; both on stderr. */
export function createImportProgress(): ImportProgress {
  const stream = process.stderr
  const bar = stream.isTTY
    ? new SingleBar({
        stream,
        format:
          '{bar} {percentage}% of {size}  {sessions} sessions  {messages} messages  {failed} failed  {eta_formatted} left',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 30,
        hideCursor: true,
        gracefulExit: false,
      })
    : null
  const state = { bytes: 0, total: 0, sessions: 0, messages: 0, failed: 0 }
  let timer: NodeJS.Timeout | undefined
  const show = () =>
    bar?.update(Math.min(state.bytes, state.total), {
      ...{ size: toSize(state.total), sessions: state.sessions },
      ...{ messages: state.messages, failed: state.failed },
    })
  return {
    start(total) {
      state.total = total
      bar?.start(total, 0, { size: toSize(total), sessions: 0, messages: 0, failed: 0 })
      if (bar !== null) return
      timer = setInterval(
        () =>
          stream.write(
            `${state.sessions} sessions, ${state.messages} messages, ${toSize(Math.min(state.bytes, state.total))} of ${toSize(state.total)}\n`,
          ),
        linesEveryMs,
      )
      timer.unref()
    },
    read(bytes) {
      state.bytes += bytes
      show()
    },
    wrote(messages) {
      state.messages = messages
      show()
    },
    advance({ messages, failed }) {
      state.sessions += 1
      Object.assign(state, { messages, failed })
      show()
    },
    stop() {
      clearInterval(timer)
      bar?.stop()
    },
  }
}

/** A number of bytes for people: `38.2 MB`. */
export function toSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`
}
