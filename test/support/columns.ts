import { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { openTestStore } from './store.js'

/** Columns over the store that tests share, which fail loudly. */
export async function openColumns(): Promise<HeldColumns> {
  const { store } = await openTestStore()
  return new HeldColumns({
    store,
    memoryMb: 64,
    onError: (error) => {
      throw error
    },
  })
}
