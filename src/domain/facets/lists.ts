import { type Project, raw, type Sql, sql, type User } from '../../db/prisma.js'
import { foldText } from '../case-folding.js'
import { namedAsJson } from '../tenancy/columns.js'
import { compareCodePoints } from '../text.js'
import type { Tally } from './batch.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import { splitLabel } from './label.js'
import type { FacetPosition, FacetRequest } from './request.js'

/** Values of a tally that travel to be ordered and cut here; of more only pages do. */
const MAX_LISTED_VALUES = 10_000
/** Label keys that one answer lists; the ones that come first. */
export const MAX_LISTED_KEYS = 1000

/** A value that is counted; where values are ids, with the user or the project whose id it is. */
export interface CountedValue extends FacetPosition {
  row: User | Project | null
}

/** All values of a dimension, or of one label key, by count, then by name and value. */
export interface FacetList {
  /** The label's key; null in every other dimension. */
  key: string | null
  values: readonly CountedValue[]
}

/** A page of one list. */
export interface FacetPage extends FacetList {
  /** Values in all. */
  total: number
  /** How many values come before the page, and how many up to its end. */
  start: number
  stop: number
}

type CountedText = [text: string, count: number, ...unknown[]]

const tooMany = raw(`${MAX_LISTED_VALUES + 1}`)

/** All rows of a tally as JSON for `readColumnList` or `readLabelLists`; null where there are more than 10,000. */
export function allRows(tally: Tally): Sql {
  const row = raw(tally.of === 'labels' ? 'label, count' : 'value, count, dimension')
  return sql`
    select case when count(*) < ${tooMany} then coalesce(json_agg(json_build_array(${row})), '[]') end
    from (${firstRows(tally)}) c`
}

/** The rows that the ids of a dimension stand for, as JSON; of too many ids only some. */
export function namedRows(tally: Tally, dimension: Dimension, organizationId: string): Sql {
  const { named } = dimensionOf(dimension)
  if (named === undefined) throw new Error(`Values of ${dimension} are no ids`)
  return sql`
    select coalesce(json_agg(${namedAsJson(named.columns)}), '[]')
    from (${firstRows(tally)}) c join ${named.join(organizationId)} where c.dimension = ${raw(`'${dimension}'`)}`
}

/** All rows that have a value, or one more than are listed. */
function firstRows({ of, relation }: Tally): Sql {
  return sql`select * from ${relation} ${raw(of === 'labels' ? '' : 'where value is not null')} limit ${tooMany}`
}

/** The list of one dimension, from its rows of a tally of columns. Values that are no ids have no `named`. */
export function readColumnList(
  dimension: Dimension,
  rows: readonly CountedText[],
  named: readonly NamedRow[] | null,
): FacetList {
  if (named === null) return inOrder(null, rows.map(plainValue))
  const name = dimensionOf(dimension).named?.name ?? ''
  const byId = new Map(named.map((row) => [row.id, row]))
  const values = rows.flatMap(([value, count]) => {
    const row = byId.get(value)
    return row === undefined ? [] : [{ count, name: row[name] as string, value, row: toRow(row) }]
  })
  return inOrder(null, values)
}

/** The lists of labels, from the rows of a tally of labels. */
export function readLabelLists(rows: readonly CountedText[]): FacetList[] {
  const counts = new Map<string, number>()
  for (const [label, count] of rows) counts.set(label, (counts.get(label) ?? 0) + count)
  const byKey = new Map<string, CountedValue[]>()
  for (const [label, count] of counts) {
    if (count <= 0) continue
    const [key, value] = splitLabel(label)
    const values = byKey.get(key)
    if (values === undefined) byKey.set(key, [plainValue([value, count])])
    else values.push(plainValue([value, count]))
  }
  return [...byKey].sort(([a], [b]) => compareCodePoints(a, b)).map(([key, values]) => inOrder(key, values))
}

/** A user or a project as JSON; of a user nothing says when it was changed. */
export type NamedRow = { id: string; createdAt: string; updatedAt?: string } & Record<string, unknown>

export const toRow = ({ createdAt, updatedAt, ...json }: NamedRow) =>
  ({
    ...json,
    createdAt: new Date(createdAt),
    ...(updatedAt === undefined ? {} : { updatedAt: new Date(updatedAt) }),
  }) as unknown as User | Project

const plainValue = ([value, count]: CountedText): CountedValue => ({
  count,
  name: '',
  value,
  row: null,
})

const inOrder = (key: string | null, values: CountedValue[]): FacetList => ({
  key,
  values: values.sort(compare),
})

function compare(a: FacetPosition, b: FacetPosition): number {
  return b.count - a.count || compareCodePoints(a.name, b.name) || compareCodePoints(a.value, b.value)
}

/** The pages of a request: one of each list that has a value for it. */
export function cutPages(lists: readonly FacetList[], request: FacetRequest): FacetPage[] {
  const { keys, dimension, prefix } = request
  const isFound = prefix === null ? null : startsWith(dimension, prefix)
  const pages: FacetPage[] = []
  for (const { key, values } of lists) {
    if (key !== null && keys !== null && !keys.includes(key)) continue
    const found = isFound === null ? values : values.filter(isFound)
    if (found.length > 0) pages.push(cutPage(key, found, request))
    if (pages.length === MAX_LISTED_KEYS) break
  }
  return pages
}

function cutPage(key: string | null, values: readonly CountedValue[], request: FacetRequest): FacetPage {
  const { position, window } = request
  const total = values.length
  /** Where values from the cursor on begin, or values after it: its own one need not be there any more. */
  const placeOf = (at: FacetPosition, least: 0 | 1) => {
    const place = values.findIndex((value) => compare(value, at) >= least)
    return place < 0 ? total : place
  }
  if (window.backward) {
    const stop = position === null ? total : placeOf(position, 0)
    const start = Math.max(stop - window.limit, 0)
    return { key, values: values.slice(start, stop), total, start, stop }
  }
  const start = position === null ? 0 : placeOf(position, 1)
  const stop = Math.min(start + window.limit, total)
  return { key, values: values.slice(start, stop), total, start, stop }
}

function startsWith(dimension: Dimension, prefix: string): (value: CountedValue) => boolean {
  const begin = foldText(prefix)
  const { named } = dimensionOf(dimension)
  if (named === undefined) return ({ value }) => foldText(value).startsWith(begin)
  return ({ row }) =>
    named.texts.some((member) => {
      const text = (row as Record<string, unknown> | null)?.[member]
      return typeof text === 'string' && foldText(text).startsWith(begin)
    })
}
