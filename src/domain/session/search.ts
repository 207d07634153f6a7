import { all, anyOf, join, literal, type Sql, sql } from '../../db/sql.js'
import { foldText } from '../../rules/case-folding.js'

interface SearchField {
  describe: string
  /** What a match here is worth: a match of a higher tier always ranks before one of a lower. */
  tier: number
  /** Puts a condition, or a greatest value, on the texts of the field. */
  some: (condition: (text: Sql) => Sql) => Sql
  greatest: (value: (text: Sql) => Sql) => Sql
}

/** The texts of a session as the column holds them: folded, each behind the one before, the values of labels last. */
const texts = sql`split_part(s.search_text, e'\\x1d', 1)`

const part = (number: number): Pick<SearchField, 'some' | 'greatest'> => {
  const text = sql`split_part(${texts}, e'\\x1f', ${literal(number)})`
  return { some: (condition) => condition(text), greatest: (value) => value(text) }
}

const labelValues = sql`unnest((string_to_array(${texts}, e'\\x1f'))[5:]) l`

/** Every text that a search looks into is declared here, and in the SQL function `session_search_text`, in its order. */
export const searchFields = {
  TITLE: { describe: 'The title.', tier: 3, ...part(1) },
  AGENT: { describe: 'The name of the agent.', tier: 2, ...part(3) },
  MODEL: { describe: 'The name of the model.', tier: 2, ...part(4) },
  LABELS: {
    describe: 'The values of labels, not their keys.',
    tier: 1,
    some: (condition) => sql`exists (select 1 from ${labelValues} where ${condition(sql`l`)})`,
    greatest: (value) => sql`(select max(${value(sql`l`)}) from ${labelValues})`,
  },
  PREVIEW: { describe: 'The beginning of the first user message.', tier: 0, ...part(2) },
} as const satisfies Record<string, SearchField>

export type SearchFieldName = keyof typeof searchFields

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

/** What a search asks of a session, for columns in memory: the folded text in one of the fields. */
export interface TextTest {
  folded: string
  fields: readonly SearchFieldName[]
}

/** The same as `searchCondition`. */
export function textTest({ text, fields }: Search): TextTest {
  return { folded: foldSearched(text), fields: fields ?? everyField }
}

/** The same as `titleCondition`. */
export function titleTests(words: readonly string[]): TextTest[] {
  return words.map((text) => textTest({ text, fields: ['TITLE'] }))
}

/** Title and preview of a session `s` as a search compares them, with a unit separator between. */
export const titleAndPreview = sql`split_part(s.search_text, e'\\x1f', 1) || e'\\x1f' || split_part(s.search_text, e'\\x1f', 2)`

/** Sessions `s` that have the text, in any case, in one of the fields. */
export function searchCondition({ text, fields }: Search): Sql {
  const wanted = fields ?? everyField
  const folded = foldSearched(text)
  if (everyField.every((name) => wanted.includes(name))) return all(anywhere(folded))
  const matches = wanted.map((name) => searchFields[name].some((text) => contains(text, folded)))
  return all([...anywhere(folded), anyOf(matches)])
}

/** Sessions `s` that have every text in the title, in any case. */
export function titleCondition(words: readonly string[]): Sql {
  const { some } = searchFields.TITLE
  return all(
    words.map(foldSearched).flatMap((word) => [...anywhere(word), some((title) => contains(title, word))]),
  )
}

/**
 * How well a session `s` matches, as an integer below 2^53: first by field, then by closeness, then by last update.
 * Null when it does not match.
 */
export function relevance({ text, fields }: Search): Sql {
  const folded = foldSearched(text)
  const ranks = (fields ?? everyField).map((name) => {
    const { tier, greatest } = searchFields[name]
    return greatest((text) => closenessOf(text, folded, tier))
  })
  return sql`(greatest(${join([sql`null::int`, ...ranks], ', ')})::bigint * ${String(2 ** 42)}::bigint
    + (extract(epoch from s.updated_at) * 1000)::bigint)`
}

function closenessOf(text: Sql, folded: string, tier: number): Sql {
  const cases = closeness.map(
    ({ worth, pattern }) =>
      sql`when ${text} like ${pattern(quote(folded))} then ${tier * closeness.length + worth}::int`,
  )
  return sql`case when ${contains(text, folded)} then case ${join(cases, ' ')} end end`
}

/**
 * Sessions `s` that have the folded text anywhere: what the trigram index finds where it has trigrams, with what makes it
 * exact where letters stand for others. Without one, the index would give every session, so it is kept out.
 */
function anywhere(folded: string): Sql[] {
  const key = trigramKey(folded)
  const exact = contains(texts, folded)
  if (!/[A-Za-z0-9]{3}/.test(key)) return [exact]
  const found = sql`s.search_text like ${`%${quote(key)}%`}`
  // One condition where one says it all: the planner then knows how many sessions to expect.
  return key === folded ? [found] : [found, exact]
}

function contains(text: Sql, folded: string): Sql {
  return sql`${text} like ${`%${quote(folded)}%`}`
}

/** A text as the column holds it: folded, without what separates texts there. */
export function foldSearched(text: string): string {
  return foldText(text.replaceAll('\x1d', '\x1e').replaceAll('\x1f', '\x1e'))
}

/** A folded text with a capital letter for each character above ASCII, as `with_trigram_key` makes it. */
function trigramKey(folded: string): string {
  return folded.replace(/\P{ASCII}/gu, (character) =>
    String.fromCharCode(65 + ((character.codePointAt(0) ?? 0) % 26)),
  )
}

/** In a LIKE pattern the text then means itself. */
function quote(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
