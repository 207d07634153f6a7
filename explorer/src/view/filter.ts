/**
 * Dimensions whose values are chosen from a list: the name in addresses, the member of `SessionFilter`, the title; `isClosed` where
 * the values are the schema's own, `byId` where they are uuids.
 */
export const dimensions = {
  agent: { member: 'agents', title: 'Agent' },
  model: { member: 'models', title: 'Model' },
  owner: { member: 'owners', title: 'Owner', byId: true },
  project: { member: 'projects', title: 'Project', byId: true },
  tool: { member: 'toolNames', title: 'Tool' },
  answered: { member: 'answeringModels', title: 'Answered by' },
  origin: { member: 'origins', title: 'Origin', isClosed: true },
  annotation: { member: 'annotations', title: 'Annotation' },
  judge: { member: 'annotations', title: 'Annotated by', isClosed: true },
} as const
export type Dimension = keyof typeof dimensions
export const dimensionNames = Object.keys(dimensions) as Dimension[]

/** How a value reads that no name is known of. */
export function valueText(dimension: string, value: string): string {
  const found = Object.hasOwn(dimensions, dimension) ? dimensions[dimension as Dimension] : {}
  return 'isClosed' in found ? value.toLowerCase() : value
}

/** Marks that a session has or lacks: the name in addresses, and the title. */
export const marks = {
  mine: 'Mine',
  pinned: 'Pinned',
  shared: 'Shared',
  frozen: 'Frozen',
  annotated: 'Annotated',
} as const
export type Mark = keyof typeof marks
export const markNames = Object.keys(marks) as Mark[]

/**
 * Ranges of numbers: the name in addresses, the member of `SessionFilter`, the title; `whole` takes no fraction.
 * Those that are `listed` are chosen from what occurs, others are typed.
 */
export const ranges = {
  cost: { member: 'costUsd', title: 'Cost', whole: false, listed: false },
  tokens: { member: 'tokens', title: 'Tokens', whole: true, listed: false },
  messages: { member: 'messageCount', title: 'Messages', whole: true, listed: false },
  failed: { member: 'failedCallCount', title: 'Failed calls', whole: true, listed: true },
  duration: { member: 'durationMs', title: 'Duration', whole: true, listed: true },
} as const
export type RangeName = keyof typeof ranges
export const rangeNames = Object.keys(ranges) as RangeName[]

/** Stretches of time up to now: the name in addresses, the title, the length in hours. */
export const presets = {
  '1h': { title: 'last hour', hours: 1 },
  '24h': { title: 'last 24 hours', hours: 24 },
  '7d': { title: 'last 7 days', hours: 7 * 24 },
  '30d': { title: 'last 30 days', hours: 30 * 24 },
  '90d': { title: 'last 90 days', hours: 90 * 24 },
} as const
export type Preset = keyof typeof presets
export const presetNames = Object.keys(presets) as Preset[]

/** Order of the list: the name in addresses, GraphQL's name, the title. */
export const sorts = {
  updated: { field: 'UPDATED_AT', title: 'last change' },
  activity: { field: 'LAST_MESSAGE_AT', title: 'last activity' },
  created: { field: 'CREATED_AT', title: 'start' },
  messages: { field: 'MESSAGE_COUNT', title: 'messages' },
  tokens: { field: 'TOTAL_TOKENS', title: 'tokens' },
  cost: { field: 'TOTAL_COST', title: 'cost' },
  duration: { field: 'DURATION', title: 'duration' },
  failed: { field: 'FAILED_CALL_COUNT', title: 'failed calls' },
  relevance: { field: 'RELEVANCE', title: 'relevance' },
} as const
export type PlainSort = keyof typeof sorts
export const sortNames = Object.keys(sorts) as PlainSort[]
/** An order of the table, or by the mean of the scores under a name of annotations. */
export type Sort = PlainSort | ScoreSort
export type ScoreSort = `score:${string}`

/** The name of the annotations whose scores an order or a column is of; null for any other. */
export function scoreNameOf(sort: string): string | null {
  return sort.startsWith('score:') && sort.length > 'score:'.length ? sort.slice('score:'.length) : null
}

/** What an order is called. */
export function sortTitle(sort: Sort): string {
  const name = scoreNameOf(sort)
  return name === null ? sorts[sort as PlainSort].title : `score of ${name}`
}

/** Values asked for, and values that must not be. */
export interface Choice {
  in: readonly string[]
  out: readonly string[]
}

export interface NumberRange {
  min: number | null
  max: number | null
}

export type TimeChoice =
  | { preset: Preset }
  /** Moments as ISO texts; null is open. */
  | { from: string | null; to: string | null }

export type Archived = 'ACTIVE' | 'ARCHIVED' | 'ANY'

/** What the filter bar says; the address and `SessionFilter` are two other forms of it. */
export interface ViewFilter {
  search: string
  choices: Readonly<Record<Dimension, Choice>>
  /** Labels as `key:value`. */
  labels: Choice
  /** Labels of annotations, as `writeVerdict` has them. */
  verdicts: Choice
  /** Ranges of scores, by the name of the annotations. */
  scores: Readonly<Record<string, NumberRange>>
  time: TimeChoice | null
  ranges: Readonly<Record<RangeName, NumberRange | null>>
  marks: Readonly<Record<Mark, boolean | null>>
  archived: Archived
  workload: boolean
  sort: Sort
  descending: boolean
}

const none: Choice = { in: [], out: [] }

export const emptyFilter: ViewFilter = {
  search: '',
  choices: Object.fromEntries(dimensionNames.map((name) => [name, none])) as Record<Dimension, Choice>,
  labels: none,
  verdicts: none,
  scores: {},
  time: null,
  ranges: { cost: null, tokens: null, messages: null, failed: null, duration: null },
  marks: { mine: null, pinned: null, shared: null, frozen: null, annotated: null },
  archived: 'ACTIVE',
  workload: false,
  sort: 'updated',
  descending: true,
}

export type ChoiceState = 'in' | 'out' | null

/** How a value stands in a choice. */
export function stateOf(choice: Choice, value: string): ChoiceState {
  return choice.in.includes(value) ? 'in' : choice.out.includes(value) ? 'out' : null
}

/** The choice with the value in, out, or neither. */
export function choose(choice: Choice, value: string, state: ChoiceState): Choice {
  const without = (values: readonly string[]) => values.filter((each) => each !== value)
  return {
    in: state === 'in' ? [...without(choice.in), value] : without(choice.in),
    out: state === 'out' ? [...without(choice.out), value] : without(choice.out),
  }
}
