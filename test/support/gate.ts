import type { ModelStore } from '../../src/db/sql.js'
import type { TestStore } from './store.js'

export interface Gate {
  /** The store, whose raw statements with the word wait until the gate is open. */
  store: ModelStore
  /** Settles when a statement waits. */
  reached: Promise<void>
  open(): void
  /** Opens the gate to the statements with an error in place of their rows. */
  fail(): void
}

/** Holds up the raw statements of a store that contain a word, so that a test decides when they run. */
export function holdUp({ store }: Pick<TestStore, 'store'>, word: string): Gate {
  let reach = () => {}
  let open = (_fails: boolean) => {}
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const opened = new Promise<boolean>((resolve) => {
    open = resolve
  })
  const held = new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (name !== '$queryRaw') return value
      return async (statement: { sql: string }) => {
        if (!statement.sql.includes(word)) return target.$queryRaw(statement as never)
        reach()
        return (await opened)
          ? target.$queryRawUnsafe('select * from secret_table')
          : target.$queryRaw(statement as never)
      }
    },
  })
  return { store: held, reached, open: () => open(false), fail: () => open(true) }
}
