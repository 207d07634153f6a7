import type { Project, User } from '../../../db/sql.js'
import { type Dimension, dimensionOf } from '../dimensions.js'
import { splitKeyed } from '../label.js'
import { type CountedValue, compare, type ValueList } from '../lists.js'
import type { FacetRequest } from '../request.js'
import { addSums, noSums, type Sums } from '../sums.js'
import { columnOfDimension } from './counter-of.js'
import type { Grouped } from './counters.js'
import type { TextTable } from './text-table.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** Users and projects, by the hex digits of their ids. */
export type NamedRows = ReadonlyMap<string, User | Project>

/** What was counted of a dimension, to be cut into pages. */
export interface Counted {
  columns: WorkspaceColumns
  grouped: Grouped
  named: NamedRows
  /** Values to list though no session has them. */
  chosen: readonly string[]
}

/** So many values are put in order by their ranks, which are kept. */
const MANY = 100

interface Entry {
  value: string
  name: string
  row: User | Project | null
}

/** The values that codes stand for, of one key or of none, and the chosen ones that no session has. */
export function codeList(
  key: string | null,
  codes: readonly number[],
  { dimension, sums: wantsSums }: FacetRequest,
  { columns, grouped: { counts, sums }, named, chosen }: Counted,
): ValueList {
  const { named: isOfIds, keyed } = dimensionOf(dimension)
  const table = tableOf(dimension, columns)
  const isBare = key !== null && table.find(Buffer.from(key)) !== 0
  const entryOf = (code: number): Entry => {
    if (isOfIds !== undefined) return ofRow(table.hexOf(code), named, isOfIds.name)
    const text = table.textOf(code)
    const value =
      key === null ? text : isBare ? splitKeyed(text, keyed?.separator ?? '')[1] : text.slice(key.length + 1)
    return { value, name: '', row: null }
  }
  const extra = missing(codes, key, chosen, dimension, named, entryOf)
  const countAt = (index: number) => (index < codes.length ? (counts[codes[index] as number] as number) : 0)
  const at = (index: number, own: Sums | null = null): CountedValue => {
    const { value, name, row } =
      index < codes.length ? entryOf(codes[index] as number) : (extra[index - codes.length] as Entry)
    return { value, name, row, count: countAt(index), sums: own }
  }
  const ranks = isOfIds === undefined && codes.length > MANY ? table.ranks : null
  const isText = (index: number) => isOfIds === undefined && !isBare && index < codes.length
  return {
    key,
    length: codes.length + extra.length,
    countAt,
    at,
    // Values of one key are ordered as their values are, if all have one.
    order: (a, b) =>
      !isText(a) || !isText(b)
        ? compare(at(a), at(b))
        : ranks === null
          ? table.compare(codes[a] as number, codes[b] as number)
          : (ranks[codes[a] as number] as number) - (ranks[codes[b] as number] as number),
    sumsAt: (index) =>
      !wantsSums || sums === null ? null : index < codes.length ? sums.of(codes[index] as number) : noSums,
  }
}

/** The chosen values that none of the codes stands for. */
function missing(
  codes: readonly number[],
  key: string | null,
  chosen: readonly string[],
  dimension: Dimension,
  named: NamedRows,
  entryOf: (code: number) => Entry,
): Entry[] {
  if (chosen.length === 0) return []
  const present = new Set(codes.map((code) => entryOf(code).value))
  const { named: isOfIds, keyed } = dimensionOf(dimension)
  return [...new Set(chosen)].flatMap((text): Entry[] => {
    if (isOfIds !== undefined) {
      const hex = text.replaceAll('-', '')
      return present.has(text) || !named.has(hex) ? [] : [ofRow(hex, named, isOfIds.name)]
    }
    const [ofKey, value] = keyed === undefined ? [null, text] : splitKeyed(text, keyed.separator)
    return ofKey !== key || present.has(value) ? [] : [{ value, name: '', row: null }]
  })
}

function ofRow(hex: string, named: NamedRows, name: string): Entry {
  const row = named.get(hex) as User | Project
  // The member is one of the columns that were read of it.
  return { value: row.id, name: (row as unknown as Record<string, string>)[name] ?? '', row }
}

/** The texts that a dimension's codes stand for. */
export function tableOf(dimension: Dimension, columns: WorkspaceColumns): TextTable {
  const column = columnOfDimension(dimension, columns)
  if (!('table' in column)) throw new Error(`${dimension} has no codes`)
  return column.table
}

/** What each group stands for, where groups are known beforehand. */
export function groupText(dimension: Dimension): ((group: number) => string) | null {
  const { ofState, ranges } = dimensionOf(dimension)
  return ofState ?? (ranges === undefined ? null : (group) => String(ranges[group]))
}

/** The values that groups stand for which are few and fixed, such as states and ranges. */
export function groupList(
  text: (state: number) => string,
  { sums: wantsSums }: FacetRequest,
  { grouped: { counts, sums }, chosen }: Counted,
): ValueList {
  const values = new Map<string, { count: number; sums: Sums }>()
  for (let state = 0; state < counts.length; state++) {
    const count = counts[state] as number
    if (count === 0) continue
    const before = values.get(text(state)) ?? { count: 0, sums: noSums }
    const own = sums?.of(state) ?? noSums
    values.set(text(state), { count: before.count + count, sums: addSums(before.sums, own) })
  }
  for (const value of chosen) if (!values.has(value)) values.set(value, { count: 0, sums: noSums })
  const entries = [...values].map(
    ([value, { count, sums: own }]): CountedValue => ({
      value,
      count,
      name: '',
      row: null,
      sums: wantsSums ? own : null,
    }),
  )
  return {
    key: null,
    length: entries.length,
    at: (index) => entries[index] as CountedValue,
    countAt: (index) => entries[index]?.count ?? 0,
    order: (a, b) => compare(entries[a] as CountedValue, entries[b] as CountedValue),
    sumsAt: (index) => entries[index]?.sums ?? null,
  }
}
