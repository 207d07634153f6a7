import { rebuildFacets } from '../../domain/facets/roll-up/rebuild.js'
import { type FacetDifference, verifyFacets } from '../../domain/facets/roll-up/verify.js'
import { CliError } from '../failure.js'
import type { NamedPlace } from '../read-place.js'
import { withStore } from '../store.js'
import { listPlaces, type Place } from './places.js'

interface FacetFlags {
  workspace?: NamedPlace
  data?: string
}

/** Prints a line per workspace, with the differences. */
export async function runVerify({ workspace, data }: FacetFlags): Promise<void> {
  const differing = await withStore({ data }, async ({ store }) => {
    let count = 0
    for (const place of await listPlaces(store, workspace)) {
      const { total, differences } = await verifyFacets(store, place)
      say(place, total === 0 ? 'exact' : `${total} ${total === 1 ? 'row differs' : 'rows differ'}`)
      for (const difference of differences) process.stdout.write(`  ${describe(difference)}\n`)
      if (total > differences.length) process.stdout.write(`  and ${total - differences.length} more\n`)
      count += total > 0 ? 1 : 0
    }
    return count
  })
  if (differing > 0)
    throw new CliError(
      `The roll-ups of ${differing === 1 ? 'one workspace differ' : `${differing} workspaces differ`} from a plain count; facets rebuild mends them.`,
    )
}

/** Prints a line per workspace as it is done. */
export async function runRebuild({ workspace, data }: FacetFlags): Promise<void> {
  await withStore({ data }, async ({ store }) => {
    for (const place of await listPlaces(store, workspace)) {
      const startedAt = performance.now()
      const written = await rebuildFacets(store, place)
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      say(place, `${written} ${written === 1 ? 'row' : 'rows'} written in ${seconds} s`)
    }
  })
}

function say({ name }: Place, what: string): void {
  process.stdout.write(`${name}: ${what}\n`)
}

function describe({ row, rolledUp, plain }: FacetDifference): string {
  return `${row}: ${rolledUp} rolled up, ${plain} counted`
}
