import type { Issue } from '../../rules/issue.js'
import { MAX_NAME_LENGTH } from '../../rules/limits.js'
import { findTextIssues } from '../../rules/text.js'
import { isStorableTime } from '../../rules/time.js'
import { invalidInput } from '../errors.js'
import { byName } from './field-kinds.js'
import type { SessionCondition, SessionFilter } from './filter.js'

const MAX_SEARCH = 200
const MAX_DEPTH = 5
const MAX_CONDITIONS = 50
const MAX_VALUES = 5000
/** Each is looked for in every title. A search of 200 characters, by words, has no more. */
const MAX_WORDS = 100

/** Characters of each value, by member. */
const limits: readonly (readonly [keyof SessionFilter, number])[] = [
  ['agentIds', MAX_NAME_LENGTH],
  ['titleWords', MAX_NAME_LENGTH],
  ...Object.entries(byName('filter', (_field, { maxLength }) => maxLength)).flatMap(([name, limit]) =>
    limit === undefined ? [] : [[name as keyof SessionFilter, limit] as const],
  ),
]

type Path = readonly (string | number)[]

/**
 * Refuses a filter whose texts are too long, or whose texts or times cannot be stored, naming the member, and one that nests deeper than 5
 * levels, holds more than 50 conditions, those on annotations among them, 5,000 values in all, or 100 words of a title: `INVALID_INPUT`.
 */
export function requireFilter(filter: SessionFilter): void {
  const conditions = nested(filter, ['filter'])
  const values = conditions.reduce((sum, { condition }) => sum + countValues(condition), 0)
  const annotations = conditions.reduce((sum, { condition }) => sum + (condition.annotations?.length ?? 0), 0)
  const [first, ...others] = [
    ...(conditions.length - 1 + annotations > MAX_CONDITIONS
      ? [{ path: ['filter'], message: `At most ${MAX_CONDITIONS} conditions` }]
      : []),
    ...(values > MAX_VALUES ? [{ path: ['filter'], message: `At most ${MAX_VALUES} values` }] : []),
    ...((filter.titleWords?.length ?? 0) > MAX_WORDS
      ? [{ path: ['filter', 'titleWords'], message: `At most ${MAX_WORDS} words` }]
      : []),
    ...findTextIssues(filter.search, ['filter', 'search'], MAX_SEARCH),
    ...conditions.flatMap(({ condition, path }) => findConditionIssues(condition, path)),
  ]
  if (first !== undefined) throw invalidInput(first, ...others)
}

/** A condition and all in it, each with its path; `INVALID_INPUT` beyond the deepest level. */
function nested(
  condition: SessionCondition,
  path: Path,
  depth = 0,
): { condition: SessionFilter; path: Path }[] {
  if (depth > MAX_DEPTH) throw invalidInput({ path, message: `At most ${MAX_DEPTH} levels of conditions` })
  const { and, or, not } = condition
  return [
    { condition, path },
    ...(and ?? []).flatMap((one, index) => nested(one, [...path, 'and', index], depth + 1)),
    ...(or ?? []).flatMap((one, index) => nested(one, [...path, 'or', index], depth + 1)),
    ...(not ? nested(not, [...path, 'not'], depth + 1) : []),
  ]
}

function countValues({ and: _, or: __, labels, annotations, ...condition }: SessionFilter): number {
  const lists = [
    ...[...Object.values(condition), labels, annotations],
    ...(labels ?? []).map(({ values }) => values),
    ...(annotations ?? []).flatMap((one) => [one.labels, one.sources]),
  ]
  return lists.reduce((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0)
}

function findConditionIssues(condition: SessionFilter, path: Path): Issue[] {
  const times = ['createdBetween', 'activeBetween', 'lastActivity'] as const
  return [
    ...times.flatMap((name) =>
      (['from', 'to'] as const).flatMap((end) => {
        const moment = condition[name]?.[end]
        return !moment || isStorableTime(moment)
          ? []
          : [{ path: [...path, name, end], message: 'Takes a year from 1 to 9999' }]
      }),
    ),
    // A literal such as 1e400 is read as infinite, which no cost is.
    ...(['min', 'max'] as const).flatMap((end) => {
      const amount = condition.costUsd?.[end] ?? 0
      return Number.isFinite(amount) ? [] : [{ path: [...path, 'costUsd', end], message: 'Takes a number' }]
    }),
    ...(condition.annotations ?? []).flatMap(({ name, labels, score }, index) => {
      const at = [...path, 'annotations', index]
      return [
        ...findTextIssues(name, [...at, 'name'], 100),
        ...(labels ?? []).flatMap((label, place) => findTextIssues(label, [...at, 'labels', place], 256)),
        ...(['min', 'max'] as const).flatMap((end) =>
          Number.isFinite(score?.[end] ?? 0)
            ? []
            : [{ path: [...at, 'score', end], message: 'Takes a number' }],
        ),
      ]
    }),
    ...limits.flatMap(([name, limit]) =>
      ((condition[name] ?? []) as readonly string[]).flatMap((text, index) =>
        findTextIssues(text, [...path, name, index], limit),
      ),
    ),
    ...(condition.labels ?? []).flatMap(({ key, values }, index) => [
      ...findTextIssues(key, [...path, 'labels', index, 'key'], 64),
      ...values.flatMap((value, at) => findTextIssues(value, [...path, 'labels', index, 'values', at], 256)),
    ]),
  ]
}
