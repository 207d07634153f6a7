import type { Issue } from '../../rules/issue.js'
import { isCount } from '../../rules/limits.js'
import { findTextIssues, isStorable } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import { decodeCursor, encodeCursor, type PageRequest, type PageWindow, readPageRequest } from '../page.js'
import { type Dimension, dimensionOf } from './dimensions.js'

const DEFAULT_VALUES = 20
const MAX_VALUES = 1000
const MAX_KEYS = 100
const MAX_TEXT = 255

/** A page of the values of one dimension, as a client asks for it. */
export interface FacetPageRequest extends PageRequest {
  /** Only values that begin with it; case does not count. */
  prefix?: string | null
  /** Only values that have it somewhere; neither case nor white space around it counts. */
  search?: string | null
  /** Of values by key: only these keys. */
  keys?: readonly string[] | null
  /** Also values that the filter names and that no session has, with a count of zero. */
  withChosen?: boolean | null
}

/** Where a value stands: counts descend, then names and values ascend by code points. */
export interface FacetPosition {
  count: number
  /** What the value is ordered by where it is an id; otherwise empty. */
  name: string
  value: string
}

/** A page request after its rules. */
export interface FacetRequest {
  dimension: Dimension
  keys: readonly string[] | null
  /** Keys that are left out. */
  exceptKeys: readonly string[]
  prefix: string | null
  search: string | null
  withChosen: boolean
  /** Whether to tell what the sessions of each value come to. */
  sums: boolean
  window: PageWindow
  position: FacetPosition | null
}

/** Reads a request: 20 values unless it says otherwise, up to 1,000; `INVALID_INPUT` names the argument at fault. */
export function readFacetRequest(
  dimension: Dimension,
  request: FacetPageRequest,
  { sums = false }: { sums?: boolean } = {},
): FacetRequest {
  const window = readPageRequest(request, DEFAULT_VALUES, MAX_VALUES)
  const { prefix = null, search = null, keys = null } = request
  const [issue, ...others] = [
    ...findTextIssues(prefix, ['prefix'], MAX_TEXT),
    ...findTextIssues(search, ['search'], MAX_TEXT),
    ...findKeyIssues(dimension, keys),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...others)
  return {
    dimension,
    keys,
    exceptKeys: [],
    prefix: prefix || null,
    search: search?.trim() || null,
    sums,
    window,
    withChosen: request.withChosen ?? false,
    position: readPosition(dimension, keys, window),
  }
}

function findKeyIssues(dimension: Dimension, keys: readonly string[] | null): Issue[] {
  const { keyed } = dimensionOf(dimension)
  if (keys === null || keyed === undefined) return []
  const { argument, maxLength } = keyed
  if (keys.length > MAX_KEYS) return [{ path: [argument], message: `At most ${MAX_KEYS} ${argument}` }]
  return keys.flatMap((key, index) => findTextIssues(key, [argument, index], maxLength))
}

/** The cursor of a value: it holds the position, so that pages neither skip nor repeat values that stay where they are. */
export function facetCursor(dimension: Dimension, key: string | null, at: FacetPosition): string {
  return encodeCursor([dimension, key, at.count, at.name, at.value])
}

function readPosition(
  dimension: Dimension,
  keys: readonly string[] | null,
  { after, before, backward }: PageWindow,
): FacetPosition | null {
  const [cursor, opposite] = backward ? [before, after] : [after, before]
  if (opposite !== null)
    throw invalidInput({
      path: [backward ? 'after' : 'before'],
      message: 'Page with first and after, or with last and before',
    })
  if (cursor === null) return null
  const path = [backward ? 'before' : 'after']
  const { keyed } = dimensionOf(dimension)
  if (keyed !== undefined && keys?.length !== 1)
    throw invalidInput({ path, message: `Name the one to page in ${keyed.argument}` })
  const [list, key, count, name, value, ...rest] = decodeCursor(cursor) ?? []
  const isHere = list === dimension && key === (keys?.[0] ?? null) && rest.length === 0
  if (!isHere || !isCount(count) || !isText(name) || !isText(value))
    throw invalidInput({ path, message: 'Not a cursor of this list' })
  return { count, name, value }
}

const isText = (value: unknown): value is string => typeof value === 'string' && isStorable(value)
