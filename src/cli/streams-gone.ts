import { closeSync } from 'node:fs'
import { isatty } from 'node:tty'

/**
 * Ends quietly when whoever reads stdout has enough: `session-gateway keys list | head` is no failure. A terminal that is gone
 * takes no more text, and whatever its end is to the process comes as a signal.
 */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    if (error.code !== 'EIO') throw error
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error
  })
}

/**
 * Lets go of a terminal that is gone before the process ends: Node would fail to restore its settings, and again to say so, for
 * ever and on a whole processor.
 */
export function endWithoutTerminal(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor))
  process.once('exit', () => {
    for (const descriptor of terminals) if (!isatty(descriptor)) closeSync(descriptor)
  })
}
