import { measureAppends } from './benches/appends.js'
import { measureEmbedded } from './benches/embedded.js'
import { measureFacets } from './benches/facets.js'
import { measureLayers } from './benches/layers.js'
import { measureLists } from './benches/lists.js'
import { measureMemory } from './benches/memory.js'
import { measurePages } from './benches/pages.js'
import { measureRest } from './benches/rest.js'
import { measureSaves } from './benches/saves.js'
import { measureWorkers } from './benches/workers.js'
import type { Load } from './frame/load.js'
import type { Findings } from './frame/report.js'

/** Every bench, in the order of a run: those that write come after those that read. */
export const benches: Record<string, (load: Load) => Promise<Findings>> = {
  facets: measureFacets,
  pages: measurePages,
  lists: measureLists,
  rest: measureRest,
  layers: measureLayers,
  workers: measureWorkers,
  memory: measureMemory,
  saves: measureSaves,
  appends: measureAppends,
  embedded: measureEmbedded,
}
