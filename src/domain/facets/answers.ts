import type { Tally } from './batch.js'
import { type Dimension, isOfIds } from './dimensions.js'
import {
  allRows,
  cutPages,
  type FacetList,
  type FacetPage,
  type NamedRow,
  namedRows,
  readColumnList,
  readLabelLists,
} from './lists.js'
import type { Answer } from './memory.js'
import { type JsonPage, pagesOf, readPages } from './paging.js'
import type { FacetRequest } from './request.js'
import { addAnswer, type FacetStatement } from './statement.js'

/** What a tally says to a request: its pages, and what of it holds for later ones; null where that is nothing. */
export type Counted = (request: FacetRequest) => { pages: FacetPage[]; kept: Answer | null }

/** Reads a tally from the answers of the statement; null where it has too many values for what was asked. */
type Read = (answers: readonly unknown[]) => Counted | null

/** Asks for all values of a tally. */
export function askForLists(statement: FacetStatement, tally: Tally, organizationId: string): Read {
  const all = addAnswer(statement, allRows(tally))
  const named = new Map<Dimension, number>()
  for (const [, { dimension }] of tally.requests)
    if (isOfIds(dimension) && !named.has(dimension))
      named.set(dimension, addAnswer(statement, namedRows(tally, dimension, organizationId)))
  return (answers) => {
    const rows = answers[all] as ColumnRow[] | null
    if (rows === null) return null
    const known = new Map<Dimension, readonly FacetList[]>()
    const listsOf = (dimension: Dimension) => {
      if (dimension === 'labels') return readLabelLists(rows)
      const names = named.get(dimension)
      return readColumnList(dimension, rows, names === undefined ? null : (answers[names] as NamedRow[]))
    }
    return (request) => {
      const { dimension } = request
      const lists = known.get(dimension) ?? listsOf(dimension)
      known.set(dimension, lists)
      return { pages: cutPages(lists, request), kept: isWhole(dimension, lists, rows) ? { lists } : null }
    }
  }
}

type ColumnRow = [value: string, count: number, dimension: string]

/** An id that has no row yet may get one, and no version would tell. */
function isWhole(dimension: Dimension, lists: readonly FacetList[], rows: readonly ColumnRow[]): boolean {
  return !isOfIds(dimension) || lists[0]?.values.length === rows.filter(([, , of]) => of === dimension).length
}

/** Asks for the pages alone, where a tally has too many values to list. */
export function askForPages(statement: FacetStatement, tally: Tally, organizationId: string): Read {
  const places = new Map(
    tally.requests.map(([, request]) => [
      request,
      addAnswer(statement, pagesOf(request, tally, organizationId)),
    ]),
  )
  return (answers) => (request) => {
    const pages = readPages(request, answers[places.get(request) as number] as JsonPage[])
    return { pages, kept: isOfIds(request.dimension) ? null : { pages } }
  }
}
