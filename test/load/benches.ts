import { measureAppends } from './benches/appends.js'
import { measureCrowds } from './benches/crowds.js'
import { measureEmbedded } from './benches/embedded.js'
import { measureExactness } from './benches/exactness.js'
import { measureFacets } from './benches/facets.js'
import { measureFilteredLists } from './benches/filtered-lists.js'
import { measureImports } from './benches/imports.js'
import { measureLayers } from './benches/layers.js'
import { measureLists } from './benches/lists.js'
import { measureMemory } from './benches/memory.js'
import { measurePages } from './benches/pages.js'
import { measureRanges } from './benches/ranges.js'
import { measureRest } from './benches/rest.js'
import { measureSaves } from './benches/saves.js'
import { measureStart } from './benches/start.js'
import { measureWholeLists } from './benches/whole-lists.js'
import { measureWorkers } from './benches/workers.js'
import type { Load } from './frame/load.js'
import type { Findings } from './frame/report.js'

/** Every bench, in the order of a run: those that write come after those that read. */
export const benches: Record<string, (load: Load) => Promise<Findings>> = {
  start: measureStart,
  facets: measureFacets,
  crowds: measureCrowds,
  pages: measurePages,
  lists: measureLists,
  filtered: measureFilteredLists,
  whole: measureWholeLists,
  ranges: measureRanges,
  rest: measureRest,
  layers: measureLayers,
  workers: measureWorkers,
  memory: measureMemory,
  exactness: measureExactness,
  saves: measureSaves,
  appends: measureAppends,
  imports: measureImports,
  embedded: measureEmbedded,
}
