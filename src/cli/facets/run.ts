import { HeldColumns } from '../../domain/facets/columns/held-columns.js'
import { type FacetDifference, verifyColumns } from '../../domain/facets/verify.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { CliError } from '../failure.js'
import { withStore } from '../store.js'
import { print } from '../terminal-text.js'
import { listWorkspaces, type NamedWorkspace } from './workspaces.js'

interface FacetFlags {
  workspace?: WorkspaceRef
  data?: string
}

/** Differences that are named of a workspace. */
const NAMED = 20
/** One workspace at a time is held, however large. */
const MEMORY_MB = 100_000

/** Prints a line per workspace, with the differences. */
export async function runVerify({ workspace, data }: FacetFlags): Promise<void> {
  const differing = await withStore({ data }, async ({ store }) => {
    let count = 0
    for (const workspaceRef of await listWorkspaces(store, workspace)) {
      let failure: unknown
      const columns = new HeldColumns({ store, memoryMb: MEMORY_MB, onError: (error) => (failure = error) })
      columns.wantTexts(workspaceRef)
      await columns.ready(workspaceRef)
      if (failure !== undefined) throw failure
      const differences = await verifyColumns(columns, workspaceRef)
      columns.stop()
      report(workspaceRef, differences)
      count += differences !== null && differences.length > 0 ? 1 : 0
    }
    return count
  })
  if (differing > 0)
    throw new CliError(
      `The columns of ${differing === 1 ? 'one workspace differ' : `${differing} workspaces differ`} from a plain count; please report it.`,
    )
}

function report({ name }: NamedWorkspace, differences: FacetDifference[] | null): void {
  const say = (text: string): void => {
    print(`${text}\n`)
  }
  if (differences === null) {
    say(`${name}: counted by the database, as its numbers are too large for columns`)
    return
  }
  if (differences.length === 0) {
    say(`${name}: exact`)
    return
  }
  say(`${name}: ${differences.length} ${differences.length === 1 ? 'value differs' : 'values differ'}`)
  for (const { dimension, value, held, plain } of differences.slice(0, NAMED))
    say(
      `  ${dimension} ${JSON.stringify(value)}: ${held ?? 'nothing'} in columns, ${plain ?? 'nothing'} counted`,
    )
  if (differences.length > NAMED) say(`  and ${differences.length - NAMED} more`)
}
