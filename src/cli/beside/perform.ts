import { FolderInUse } from '../../db/folder-lock.js'
import { readCommandConfig, withStore, withStoreAsItIs } from '../store.js'
import type { Act, Printed } from './printed.js'
import { askHolder } from './socket.js'

interface Performed {
  /** What the act is called, which the process that holds the store knows it by. */
  name: string
  act: Act
  input: object
  /** Whether it only reads, so that it makes no store and migrates none. */
  reads?: boolean
}

/** Performs an act on the store itself, or has the gateway perform it that holds the embedded one, and prints what it says. */
export async function perform(
  flags: { data?: string },
  { name, act, input, reads = false }: Performed,
): Promise<void> {
  const open = reads ? withStoreAsItIs : withStore
  const printed = await open(flags, ({ store }): Promise<Printed> => act(store, input as never)).catch(
    async (error: unknown) => {
      const answer =
        error instanceof FolderInUse
          ? await askHolder(readCommandConfig(flags).dataFolder, name, input)
          : null
      if (answer === null) throw error
      return answer
    },
  )
  for (const note of printed.notes ?? []) process.stderr.write(`${note}\n`)
  process.stdout.write(printed.answer)
}
