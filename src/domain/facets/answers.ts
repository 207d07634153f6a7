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
    const known = new Map<Dimension, Lists>()
    const listsOf = (dimension: Dimension): Lists => {
      if (dimension === 'labels') return { lists: readLabelLists(rows), isWhole: true }
      const own = rows.filter(([, , of]) => of === dimension)
      const names = named.get(dimension)
      const list = readColumnList(dimension, own, names === undefined ? null : (answers[names] as NamedRow[]))
      return { lists: [list], isWhole: list.values.length === own.length }
    }
    return (request) => {
      const found = known.get(request.dimension) ?? listsOf(request.dimension)
      known.set(request.dimension, found)
      const { lists, isWhole } = found
      return { pages: cutPages(lists, request), kept: isWhole ? { lists } : null }
    }
  }
}

type ColumnRow = [value: string, count: number, dimension: string]

/** An id that has no row yet is left out and may get one, and no version would tell: then the lists are not whole. */
interface Lists {
  lists: readonly FacetList[]
  isWhole: boolean
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
