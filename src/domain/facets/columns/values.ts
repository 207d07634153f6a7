import { compareCodePoints } from '../../../rules/text.js'
import { hyphenate } from '../../../rules/uuid.js'
import type { Slices } from '../../slices.js'
import { type Dimension, dimensionOf, type KeyedValues } from '../dimensions.js'
import { splitKeyed } from '../label.js'
import { cutPage, type FacetPage, MAX_LISTED_KEYS } from '../lists.js'
import type { FacetRequest } from '../request.js'
import { noSums, type Sums } from '../sums.js'
import type { Grouped } from './counters.js'
import { type Counted, codeList, groupList, groupText, tableOf } from './value-lists.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** The pages of a request: one of its dimension, or of values by key one each, by code points. */
export async function pagesOf(request: FacetRequest, counted: Counted, slices: Slices): Promise<FacetPage[]> {
  const { keyed } = dimensionOf(request.dimension)
  if (keyed !== undefined) return keyedPages(request, counted, keyed, slices)
  const text = groupText(request.dimension)
  const list =
    text !== null
      ? groupList(text, request, counted)
      : codeList(null, await codesWithRows(request, counted, slices), request, counted)
  const page = await cutPage(list, request, slices)
  return page === null ? [] : [page]
}

/** The codes that sessions have, those aside that stand for no value. */
async function codesWithRows(
  { dimension }: FacetRequest,
  { grouped, columns, named }: Counted,
  slices: Slices,
): Promise<number[]> {
  const { named: isOfIds, emptyIsNone } = dimensionOf(dimension)
  const table = tableOf(dimension, columns)
  const codes: number[] = []
  for (let code = 1; code < table.size; code++) {
    if (slices.isOverByStep) await slices.rest()
    if (grouped.counts[code] === 0) continue
    if (isOfIds !== undefined && !named.has(table.hexOf(code))) continue
    if (emptyIsNone && table.textOf(code) === '') continue
    codes.push(code)
  }
  return codes
}

async function keyedPages(
  request: FacetRequest,
  counted: Counted,
  { separator }: KeyedValues,
  slices: Slices,
): Promise<FacetPage[]> {
  const { keys, exceptKeys, dimension } = request
  const table = tableOf(dimension, counted.columns)
  const tableKeys = counted.columns.keys[dimension as keyof WorkspaceColumns['keys']]
  const { counts } = counted.grouped
  const isWanted = (key: string) => !exceptKeys.includes(key) && (keys === null || keys.includes(key))
  const byKey = new Map<string, number[]>()
  await tableKeys.prepare(slices)
  for (let code = 1; code < table.size; code++) {
    if (slices.isOverByStep) await slices.rest()
    if (counts[code] === 0) continue
    const key = tableKeys.of(code)
    const codes = byKey.get(key)
    if (codes !== undefined) codes.push(code)
    else byKey.set(key, [code])
  }
  for (const text of counted.chosen) {
    const [key] = splitKeyed(text, separator)
    if (!byKey.has(key)) byKey.set(key, [])
  }
  const pages: FacetPage[] = []
  for (const [key, codes] of [...byKey].sort(([a], [b]) => compareCodePoints(a, b))) {
    if (!isWanted(key)) continue
    const page = await cutPage(codeList(key, codes, request, counted), request, slices)
    if (page !== null) pages.push(page)
    if (pages.length === MAX_LISTED_KEYS) break
  }
  return pages
}

/** Every value that sessions have, as a plain count shows it: ids as they are, labels whole. */
export function* everyValue(
  dimension: Dimension,
  columns: WorkspaceColumns,
  { counts, sums }: Grouped,
): Generator<{ value: string; count: number; sums: Sums }> {
  const { named, emptyIsNone } = dimensionOf(dimension)
  const text = groupText(dimension)
  if (text !== null) {
    const request = { dimension, sums: true } as FacetRequest
    const list = groupList(text, request, {
      columns,
      grouped: { counts, sums },
      named: new Map(),
      chosen: [],
    })
    for (let index = 0; index < list.length; index++) {
      const { value, count } = list.at(index)
      yield { value, count, sums: list.sumsAt(index) ?? noSums }
    }
    return
  }
  const table = tableOf(dimension, columns)
  for (let code = 1; code < table.size; code++) {
    const count = counts[code] as number
    if (count === 0) continue
    const value = named === undefined ? table.textOf(code) : hyphenate(table.hexOf(code))
    if (emptyIsNone && value === '') continue
    yield { value, count, sums: sums?.of(code) ?? noSums }
  }
}
