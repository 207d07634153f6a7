import type { Choice, NumberRange, ViewFilter } from './filter'
import { readVerdict, writeVerdict } from './verdict'

/** One entry of `SessionFilter.annotations`. */
export interface AnnotationEntry {
  name?: string | null
  sources?: readonly string[] | null
  labels?: readonly string[] | null
  score?: Partial<NumberRange> | null
}

/**
 * What a view asks of annotations: entries that must all be met, and those of which none may be. A list of the bar sets entries of
 * its own, so that its counts can leave out just these.
 */
export function annotationEntries({ choices, verdicts, scores }: ViewFilter) {
  const { annotation, judge } = choices
  const sourcesOf = (sources: readonly string[]): AnnotationEntry[] =>
    sources.length > 0 ? [{ sources }] : []
  const named = (names: readonly string[]): AnnotationEntry[] => names.map((name) => ({ name }))
  const wanted = [
    ...named(annotation.in),
    ...sourcesOf(judge.in),
    ...labelled(verdicts.in),
    ...Object.entries(scores).map(([name, score]): AnnotationEntry => ({ name, score })),
  ]
  const unwanted = [...named(annotation.out), ...sourcesOf(judge.out), ...labelled(verdicts.out)]
  return { wanted, unwanted }
}

/** Labels, an entry for each name. */
function labelled(texts: readonly string[]): AnnotationEntry[] {
  const byName = new Map<string, string[]>()
  for (const text of texts) {
    const read = readVerdict(text)
    if (read !== null) byName.set(read.name, [...(byName.get(read.name) ?? []), read.label])
  }
  return [...byName].map(([name, labels]) => ({ name, labels }))
}

/** The choices that entries of a saved filter say, as far as the bar can show them. */
export function annotationsOf(saved: unknown, unwanted: readonly unknown[]) {
  const entries = (value: unknown) => (Array.isArray(value) ? value : []) as AnnotationEntry[]
  const wanted = entries(saved)
  const out = unwanted.flatMap(entries)
  const choice = (read: (entry: AnnotationEntry) => readonly string[]): Choice => ({
    in: [...new Set(wanted.flatMap(read))],
    out: [...new Set(out.flatMap(read))],
  })
  const names = ({ name, sources, labels, score }: AnnotationEntry) =>
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
