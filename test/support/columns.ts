import { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { openTestStore } from './store.js'

/** Columns over the store that tests share, which fail loudly. */
export async function openColumns(memoryMb = 64): Promise<HeldColumns> {
  const { store } = await openTestStore()
  return new HeldColumns({
    store,
    memoryMb,
    onError: (error) => {
      throw error
    },
  })
}
