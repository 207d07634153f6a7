import { Command, Option } from 'commander'
import { type ModelStore, sql } from '../../db/sql.js'
import { HeldColumns } from '../../domain/facets/columns/held-columns.js'
import { type FacetDifference, verifyColumns } from '../../domain/facets/verify.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { CliError } from '../failure.js'
import { readWorkspaceName } from '../read-workspace-name.js'
import { withStoreAsItIs } from '../store.js'
import { named, print } from '../terminal-text.js'

/** `session-gateway facets` */
export function facetsCommand(): Command {
  return new Command('facets')
    .summary('check what facets and totals are counted from')
    .description(
      'Compares the columns that facets, totals and sums are counted from with a plain count of the sessions, directly in the store: PostgreSQL while gateways serve it, or an embedded store that no gateway holds.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway facets verify')
    .addCommand(
      new Command('verify')
        .summary('compare columns with a plain count')
        .description(
          'Reads the columns, and the texts that searches read, as a gateway does and compares them with a plain count, each workspace in one snapshot, and names up to 20 differences of each; ends with 1 when there are any.',
        )
        .addOption(
          new Option('--workspace <org/ws>', 'one workspace (default: every one)').argParser(
            readWorkspaceName,
          ),
        )
        .addOption(
          new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)'),
        )
        .addHelpText('after', '\nExample:\n  session-gateway facets verify --workspace acme/main')
        .action(runVerify),
    )
}

interface FacetFlags {
  workspace?: WorkspaceRef
  data?: string
}

/** Differences that are named of a workspace. */
const NAMED = 20
/** One workspace at a time is held, however large. */
const MEMORY_MB = 100_000

/** Prints a line per workspace, with the differences. */
async function runVerify({ workspace, data }: FacetFlags): Promise<void> {
  const differing = await withStoreAsItIs({ data }, async ({ store }) => {
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

interface NamedWorkspace {
  organizationId: string
  workspaceId: string
  /** `org/ws` */
  name: string
}

/** One workspace, or every one. */
async function listWorkspaces(store: ModelStore, only?: WorkspaceRef): Promise<NamedWorkspace[]> {
  if (only === undefined) return store.$queryRaw<NamedWorkspace[]>(everyWorkspace)
  const { organization, workspace } = only
  const found = await store.workspace.findFirst({
    where: { slug: workspace, organization: { slug: organization } },
  })
  if (found === null)
    throw new CliError(
      `There is no workspace ${named(`${organization}/${workspace}`)} in this store; workspaces list shows them.`,
    )
  return [
    { organizationId: found.organizationId, workspaceId: found.id, name: `${organization}/${workspace}` },
  ]
}

const everyWorkspace = sql`
  select w.organization_id as "organizationId", w.id as "workspaceId", o.slug || '/' || w.slug as name
  from workspaces w join organizations o on o.id = w.organization_id
  order by name`
