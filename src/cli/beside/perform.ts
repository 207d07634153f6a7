import { FolderInUse } from '../../db/folder-lock.js'
import { readCommandConfig, withStore, withStoreAsItIs } from '../store.js'
import { print, printNote } from '../terminal-text.js'
import type { Act, Acts, Printed } from './printed.js'
import { askHolder } from './socket.js'

interface Performed {
  /** What the act is called, which the process that holds the store knows it by. */
  name: string
  act: Act
  input: object
  /** Whether it only reads, so that it makes no store and migrates none. */
  reads?: boolean
}

/** Does one of the acts; which one a name is, and so what it takes and gives, the compiler does not follow into the table. */
type Perform<All extends Acts> = <Name extends keyof All & string>(
  name: Name,
  input: Parameters<All[Name]>[1],
) => Promise<Awaited<ReturnType<All[Name]>>>

/** Works by acts on the store itself, or by the gateway that holds the embedded one. */
export async function withActs<All extends Acts, T>(
  flags: { data?: string },
  acts: All,
  work: (perform: Perform<All>) => Promise<T>,
  { reads = false }: { reads?: boolean } = {},
): Promise<T> {
  const open = reads ? withStoreAsItIs : withStore
  try {
    return await open(flags, ({ store }) => work((name, input) => acts[name]?.(store, input) as never))
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    const folder = readCommandConfig(flags).dataFolder
    return work(async (name, input) => {
      const answer = await askHolder(folder, name, input)
      if (answer === null) throw error
      return answer.done as never
    })
  }
}

/** Performs an act on the store itself, or has the gateway perform it that holds the embedded one, and prints what it says. */
export async function perform(
  flags: { data?: string },
  { name, act, input, reads = false }: Performed,
): Promise<void> {
  const work = (todo: (name: string, input: never) => Promise<Printed>) => todo(name, input as never)
  const { notes = [], answer } = await withActs(flags, { [name]: act }, work, { reads })
  for (const note of notes) printNote(`${note}\n`)
  print(answer)
}
