import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseExactly } from '../../rules/exact-json.js'
import type { ListForTerminalQueryVariables } from '../documents.generated.js'
import { collectLabel } from '../import/command.js'
import { readDate } from '../read-date.js'

export type SessionFilter = ListForTerminalQueryVariables['filter']

/** What flags say of the sessions that are wanted. */
export interface FilterFlags {
  search?: string
  agent?: string[]
  model?: string[]
  origin?: string[]
  label: Record<string, string[]>
  archived?: 'active' | 'archived' | 'any'
  mine?: boolean
  shared?: boolean
  pinned?: boolean
  since?: Date
  until?: Date
  workload: boolean
  filter?: Record<string, unknown>
}

const origins = ['user', 'eval', 'worker', 'optimization', 'training', 'world']

/** The flags of the API's filter; `--filter` takes the rest of it as it is. */
export function withFilterFlags(command: Command): Command {
  return command
    .option('--search <text>', 'only sessions in which this text stands')
    .option('--agent <name...>', 'only sessions of these agents')
    .option('--model <name...>', 'only sessions under these models')
    .addOption(new Option('--origin <origin...>', 'only sessions that ran for this').choices(origins))
    .addOption(
      new Option('--label <key:value>', 'only sessions with this label; values of one key are alternatives')
        .argParser(collectLabel)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--archived <state>', 'only sessions in this state (default: active)').choices([
        'active',
        'archived',
        'any',
      ]),
    )
    .option('--mine', 'only your own sessions')
    .option('--shared', 'only sessions that the workspace sees')
    .option('--pinned', 'only sessions that you pinned')
    .addOption(
      new Option('--since <time>', 'only sessions active since then: a date, or 7d or 12h').argParser(
        readMoment,
      ),
    )
    .addOption(new Option('--until <time>', 'only sessions created before then').argParser(readMoment))
    .option('--no-workload', 'without sessions of evaluations, optimizations, trainings and worlds')
    .addOption(
      new Option('--filter <json>', 'any other members of the GraphQL input SessionFilter').argParser(
        readFilter,
      ),
    )
}

/** The filter that the flags stand for. */
export function filterOf(flags: FilterFlags): SessionFilter {
  const labels = Object.entries(flags.label).map(([key, values]) => ({ key, values }))
  return {
    archived: (flags.archived ?? 'active').toUpperCase() as 'ACTIVE' | 'ARCHIVED' | 'ANY',
    includeWorkload: flags.workload,
    ...(flags.search === undefined ? {} : { search: flags.search }),
    ...(flags.agent === undefined ? {} : { agents: flags.agent }),
    ...(flags.model === undefined ? {} : { models: flags.model }),
    ...(flags.origin === undefined
      ? {}
      : { origins: flags.origin.map((origin) => origin.toUpperCase()) as SessionFilter['origins'] }),
    ...(labels.length === 0 ? {} : { labels }),
    ...(flags.mine ? { mine: true } : {}),
    ...(flags.shared ? { shared: true } : {}),
    ...(flags.pinned ? { pinned: true } : {}),
    ...(flags.since === undefined ? {} : { lastActivity: { from: flags.since.toISOString() } }),
    ...(flags.until === undefined ? {} : { createdBetween: { to: flags.until.toISOString() } }),
    ...(flags.filter as SessionFilter | undefined),
  }
}

const unitsMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** A moment as a date, or as a time ago: `2026-05-01`, `7d`. */
export function readMoment(text: string): Date {
  const [, amount, unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? []
  const moment =
    amount === undefined ? readDate(text) : new Date(Date.now() - Number(amount) * (unitsMs[unit] ?? 0))
  if (moment === null || Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('It takes a date, or a time ago such as 7d.')
  return moment
}

/** Numbers that JavaScript does not hold stay texts, which the gateway refuses by name; as `null` they would ask for everything. */
function readFilter(text: string): Record<string, unknown> {
  const value = parseExactly(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new InvalidArgumentError('It takes a JSON object, such as {"messageCount":{"min":10}}.')
}
