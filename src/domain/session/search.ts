import { all, join, type Sql, sql } from '../../db/prisma.js'

interface SearchField {
  describe: string
  /** What a match here is worth: a match of a higher tier always ranks before one of a lower. */
  tier: number
  /** Puts a condition, or a greatest value, on the texts of the field. */
  some: (condition: (text: Sql) => Sql) => Sql
  greatest: (value: (text: Sql) => Sql) => Sql
}

const column = (text: Sql): Pick<SearchField, 'some' | 'greatest'> => ({
  some: (condition) => condition(text),
  greatest: (value) => value(text),
})

const labelValue = sql`substr(l, strpos(l, ':') + 1)`

/** Every text that a search looks into is declared here, and in the SQL function `session_search_text`. */
export const searchFields = {
  TITLE: { describe: 'The title.', tier: 3, ...column(sql`s.title`) },
  AGENT: { describe: 'The name of the agent.', tier: 2, ...column(sql`s.agent`) },
  MODEL: { describe: 'The name of the model.', tier: 2, ...column(sql`s.model`) },
  LABELS: {
    describe: 'The values of labels, not their keys.',
    tier: 1,
    some: (condition) => sql`exists (select 1 from unnest(s.labels) l where ${condition(labelValue)})`,
    greatest: (value) => sql`(select max(${value(labelValue)}) from unnest(s.labels) l)`,
  },
  PREVIEW: {
    describe: 'The beginning of the first user message.',
    tier: 0,
    ...column(sql`s.preview_text`),
  },
} as const satisfies Record<string, SearchField>

export type SearchFieldName = keyof typeof searchFields

/** What `session_search_text` puts between two texts. */
const separator = '\x1f'

const everyField = Object.keys(searchFields) as SearchFieldName[]

/** How close a match is; the first that holds counts. `pattern` takes the text as a LIKE pattern in which it means itself. */
const closeness: readonly { worth: number; pattern: (text: string) => string }[] = [
  { worth: 3, pattern: (text) => text },
  { worth: 2, pattern: (text) => `${text}%` },
  { worth: 1, pattern: (text) => `% ${text}%` },
  { worth: 0, pattern: (text) => `%${text}%` },
]

/** A search: one text, and where to look; everywhere unless said otherwise. */
export interface Search {
  text: string
  fields?: readonly SearchFieldName[] | null
}

/** Sessions `s` that have the text, in any case, in one of the fields. */
export function searchCondition({ text, fields }: Search): Sql {
  const wanted = fields ?? everyField
  // One condition where one says it all: the planner then knows how many sessions to expect.
  if (hasTrigram(text) && !text.includes(separator) && everyField.every((name) => wanted.includes(name)))
    return inAnyField(text)
  if (wanted.length === 0) return sql`false`
  const places = wanted.map((name) =>
    searchFields[name].some((place) => sql`${place} ilike ${containing(text)}`),
  )
  return all([...candidates(text), sql`(${join(places, ' or ')})`])
}

/** Sessions `s` that have every text in the title, in any case. */
export function titleCondition(words: readonly string[]): Sql {
  return all(words.flatMap((word) => [...candidates(word), sql`s.title ilike ${containing(word)}`]))
}

/**
 * How well a session `s` matches, as an integer below 2^53: first by field, then by closeness, then by last update.
 * Null when it does not match.
 */
export function relevance({ text, fields }: Search): Sql {
  const ranks = (fields ?? everyField).map((name) => {
    const { tier, greatest } = searchFields[name]
    return greatest((place) => closenessOf(place, text, tier))
  })
  return sql`(greatest(${join([sql`null::int`, ...ranks], ', ')})::bigint * ${String(2 ** 42)}::bigint
    + (extract(epoch from s.updated_at) * 1000)::bigint)`
}

function closenessOf(place: Sql, text: string, tier: number): Sql {
  const literal = quote(text)
  const cases = closeness.map(
    ({ worth, pattern }) =>
      sql`when ${place} ilike ${pattern(literal)} then ${tier * closeness.length + worth}::int`,
  )
  return sql`case ${join(cases, ' ')} end`
}

/** What lets the trigram index find the sessions that may have the text. */
function candidates(text: string): Sql[] {
  return hasTrigram(text) ? [inAnyField(text)] : []
}

/** Also true when the text reaches over a separator. */
function inAnyField(text: string): Sql {
  return sql`session_search_text(s.title, s.preview_text, s.agent, s.model, s.labels) ilike ${containing(text)}`
}

/** Without three letters or digits in a row a text has no trigram, and the index would give every session. */
function hasTrigram(text: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(text)
}

/** A LIKE pattern in which the text means itself. */
function containing(text: string): string {
  return `%${quote(text)}%`
}

function quote(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
