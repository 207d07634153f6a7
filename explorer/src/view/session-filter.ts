import type {
  AnnotationCondition,
  AnnotationSource,
  SessionCondition,
  SessionFilter,
} from '../__generated__/sessionsScreenQuery.graphql'
import {
  type Choice,
  dimensionNames,
  dimensions,
  emptyFilter,
  markNames,
  type NumberRange,
  type PlainSort,
  presets,
  rangeNames,
  ranges,
  scoreNameOf,
  sorts,
  type TimeChoice,
  type ViewFilter,
} from './filter'
import { readVerdict, writeVerdict } from './verdict'

export type { SessionFilter }

/** What the gateway is asked for a view; `now` stands still while nothing is chosen, so that questions repeat. */
export function toSessionFilter(filter: ViewFilter, now: Date): SessionFilter {
  const asked: SessionFilter = {}
  if (filter.search.trim() !== '') asked.search = filter.search
  const unwanted: SessionCondition[] = []
  for (const name of dimensionNames) {
    const { member } = dimensions[name]
    const choice = filter.choices[name]
    if (member === 'annotations') continue
    if (choice.in.length > 0) Object.assign(asked, { [member]: choice.in })
    if (choice.out.length > 0) unwanted.push({ [member]: choice.out })
  }
  if (filter.labels.in.length > 0) asked.labels = toLabels(filter.labels.in)
  for (const label of filter.labels.out) unwanted.push({ labels: toLabels([label]) })
  const annotations = annotationEntries(filter)
  if (annotations.wanted.length > 0) asked.annotations = annotations.wanted
  for (const entry of annotations.unwanted) unwanted.push({ annotations: [entry] })
  for (const name of rangeNames)
    if (filter.ranges[name] !== null) Object.assign(asked, { [ranges[name].member]: filter.ranges[name] })
  for (const name of markNames) if (filter.marks[name] !== null) asked[name] = filter.marks[name]
  const time = toTimeRange(filter.time, now)
  if (time !== null) asked.createdBetween = time
  if (filter.archived !== 'ACTIVE') asked.archived = filter.archived
  // A chosen origin may be one that lists leave out.
  if (filter.workload || filter.choices.origin.in.length > 0) asked.includeWorkload = true
  if (unwanted.length > 0) asked.not = { or: unwanted }
  return asked
}

/** The order that the gateway is asked for; relevance needs a text to be relevant to. */
export function toSessionOrder({ sort, descending, search }: ViewFilter): {
  field: string
  direction: 'ASC' | 'DESC'
  annotation?: string
} {
  const direction = descending ? 'DESC' : 'ASC'
  const annotation = scoreNameOf(sort)
  if (annotation !== null) return { field: 'ANNOTATION_SCORE', direction, annotation }
  const known = sort === 'relevance' && search.trim() === '' ? 'updated' : (sort as PlainSort)
  return { field: sorts[known].field, direction }
}

/** The span of time that a choice covers; null when it covers all. */
export function toTimeRange(
  time: TimeChoice | null,
  now: Date,
): { from: string | null; to: string | null } | null {
  if (time === null) return null
  if (!('preset' in time)) return time
  return { from: new Date(now.getTime() - presets[time.preset].hours * 3_600_000).toISOString(), to: null }
}

function toLabels(texts: Choice['in']): { key: string; values: string[] }[] {
  const byKey = new Map<string, string[]>()
  for (const text of texts) {
    const at = text.indexOf(':')
    if (at > 0) byKey.set(text.slice(0, at), [...(byKey.get(text.slice(0, at)) ?? []), text.slice(at + 1)])
  }
  return [...byKey].map(([key, values]) => ({ key, values }))
}

/** The view that a saved `SessionFilter` says, as far as the filter bar can show it; times stand as moments. */
export function fromSessionFilter(saved: SessionFilter): ViewFilter {
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
  const labelsOf = (value: unknown): string[] =>
    (Array.isArray(value) ? (value as { key: string; values: string[] }[]) : []).flatMap(({ key, values }) =>
      values.map((each) => `${key}:${each}`),
    )
  const unwanted = saved.not?.or ?? []
  const annotations = annotationsOf(
    saved.annotations,
    unwanted.map((condition) => condition.annotations),
  )
  const choices = Object.fromEntries(
    dimensionNames.map((name) => {
      const { member } = dimensions[name]
      return [
        name,
        { in: list(saved[member]), out: unwanted.flatMap((condition) => list(condition[member])) },
      ]
    }),
  ) as unknown as ViewFilter['choices']
  const time = saved.createdBetween
  return {
    ...emptyFilter,
    search: typeof saved.search === 'string' ? saved.search : '',
    choices: { ...choices, ...annotations.choices },
    verdicts: annotations.verdicts,
    scores: annotations.scores,
    labels: { in: labelsOf(saved.labels), out: unwanted.flatMap(({ labels }) => labelsOf(labels)) },
    time: time == null ? null : { from: time.from ?? null, to: time.to ?? null },
    ranges: Object.fromEntries(
      rangeNames.map((name) => {
        const range = saved[ranges[name].member] as Partial<NumberRange> | null | undefined
        return [name, range == null ? null : { min: range.min ?? null, max: range.max ?? null }]
      }),
    ) as ViewFilter['ranges'],
    marks: Object.fromEntries(
      markNames.map((name) => [name, typeof saved[name] === 'boolean' ? saved[name] : null]),
    ) as ViewFilter['marks'],
    archived: saved.archived === 'ARCHIVED' || saved.archived === 'ANY' ? saved.archived : 'ACTIVE',
    workload: saved.includeWorkload === true,
  }
}

/**
 * What a view asks of annotations: entries that must all be met, and those of which none may be. A list of the bar sets entries of
 * its own, so that its counts can leave out just these.
 */
function annotationEntries({ choices, verdicts, scores }: ViewFilter) {
  const { annotation, judge } = choices
  // Of an address anything may come; the gateway says what is none.
  const sourcesOf = (sources: readonly string[]): AnnotationCondition[] =>
    sources.length > 0 ? [{ sources: sources as readonly AnnotationSource[] }] : []
  const named = (names: readonly string[]): AnnotationCondition[] => names.map((name) => ({ name }))
  const wanted = [
    ...named(annotation.in),
    ...sourcesOf(judge.in),
    ...labelled(verdicts.in),
    ...Object.entries(scores).map(([name, score]): AnnotationCondition => ({ name, score })),
  ]
  const unwanted = [...named(annotation.out), ...sourcesOf(judge.out), ...labelled(verdicts.out)]
  return { wanted, unwanted }
}

/** Labels, an entry for each name. */
function labelled(texts: readonly string[]): AnnotationCondition[] {
  const byName = new Map<string, string[]>()
  for (const text of texts) {
    const read = readVerdict(text)
    if (read !== null) byName.set(read.name, [...(byName.get(read.name) ?? []), read.label])
  }
  return [...byName].map(([name, labels]) => ({ name, labels }))
}

/** The choices that entries of a saved filter say, as far as the bar can show them. */
function annotationsOf(saved: unknown, unwanted: readonly unknown[]) {
  const entries = (value: unknown) => (Array.isArray(value) ? value : []) as AnnotationCondition[]
  const wanted = entries(saved)
  const out = unwanted.flatMap(entries)
  const choice = (read: (entry: AnnotationCondition) => readonly string[]): Choice => ({
    in: [...new Set(wanted.flatMap(read))],
    out: [...new Set(out.flatMap(read))],
  })
  const names = ({ name, sources, labels, score }: AnnotationCondition) =>
    name != null && sources == null && labels == null && score == null ? [name] : []
  const scores = wanted.flatMap(({ name, score }) =>
    name == null || score == null
      ? []
      : [[name, { min: score.min ?? null, max: score.max ?? null }] as const],
  )
  return {
    choices: { annotation: choice(names), judge: choice(({ sources }) => sources ?? []) },
    verdicts: choice(({ name, labels }) =>
      name == null ? [] : (labels ?? []).map((label) => writeVerdict(name, label)),
    ),
    scores: Object.fromEntries(scores) as Record<string, NumberRange>,
  }
}
