import { createFacetMemory, type FacetMemory } from '../../src/domain/facets/memory.js'

/** Takes every dimension for one of too many values, so that the database cuts all pages; remembers nothing. */
export function largeFacetMemory(): FacetMemory {
  const memory = createFacetMemory()
  memory.get = () => 'large'
  return memory
}
