import { diskStore, memoryStore, type ValueStore } from './file/value-store.js'
import type { Aside, SourcePiece } from './format.js'
import type { SourceHead, SourceMessage } from './source.js'

/** A session whose rows wait to be read, as often as somebody wants them. */
export type ShelvedSession = SourceHead & { messages(): Iterable<SourceMessage>; release(): void }

/** Where the rows of one file's sessions wait. */
export interface Shelf {
  /** Sessions from their pieces, in the order in which they begin. */
  collect(pieces: Iterable<SourcePiece>): ShelvedSession[]
  /** For what a reader puts aside while it reads. */
  aside: Aside
  /** Lets go of it, once each of its sessions has been. */
  release(): void
}

/** A shelf in memory, or on disk for what is too large for it. */
export function createShelf(isLarge: boolean): Shelf {
  const make = isLarge ? diskStore : memoryStore
  const asides: ValueStore<unknown>[] = []
  let rows: ValueStore<SourceMessage> | null = null
  let users = 1
  const release = () => {
    users -= 1
    if (users > 0) return
    rows?.close()
    for (const store of asides) store.close()
  }

  return {
    aside: <T>() => {
      const store = make<T>()
      asides.push(store as ValueStore<unknown>)
      return store
    },
    collect(pieces) {
      const store = rows ?? make<SourceMessage>()
      rows = store
      const found = new Map<string, { head: SourceHead | null; positions: number[] }>()
      for (const piece of pieces) {
        const session = found.get(piece.key) ?? { head: null, positions: [] }
        found.set(piece.key, session)
        if ('head' in piece) session.head = piece.head
        else session.positions[piece.index ?? session.positions.length] = store.put(piece.message)
      }
      return [...found.values()].flatMap(({ head, positions }) => {
        if (head === null) return []
        users += 1
        return [{ ...head, release: once(release), messages: () => at(store, positions) }]
      })
    },
    release: once(release),
  }
}

function* at<T>(store: ValueStore<T>, positions: readonly number[]): Generator<T> {
  for (const position of positions) yield store.get(position)
}

function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}
