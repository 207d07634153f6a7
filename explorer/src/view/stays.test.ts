import { describe, expect, test } from 'vitest'
import { type Choice, emptyFilter, type ViewFilter } from './filter'
import { toSessionFilter } from './session-filter'
import { type ActedState, isPartlyJudged, stays } from './stays'

const state: ActedState = {
  archivedAt: null,
  pinnedAt: null,
  frozenAt: null,
  visibility: 'PRIVATE',
  projectId: 'p1',
  labels: [{ key: 'env', values: ['prod', 'eu'] }],
}
const moment = '2026-01-01T00:00:00Z'
const choice = (values: string[], others: string[] = []): Choice => ({ in: values, out: others })
const ofProject = (project: Choice): Partial<ViewFilter> => ({
  choices: { ...emptyFilter.choices, project },
})
const marked = (marks: Partial<ViewFilter['marks']>): Partial<ViewFilter> => ({
  marks: { ...emptyFilter.marks, ...marks },
})

describe('a session that an act changed stays in a view', () => {
  test.each<[string, Partial<ViewFilter>, Partial<ActedState>, boolean]>([
    ['of active ones while it is', {}, {}, true],
    ['of active ones once archived', {}, { archivedAt: moment }, false],
    ['of archived ones', { archived: 'ARCHIVED' }, { archivedAt: moment }, true],
    ['of archived ones once brought back', { archived: 'ARCHIVED' }, {}, false],
    ['of all', { archived: 'ANY' }, { archivedAt: moment }, true],
    ['of pinned ones', marked({ pinned: true }), { pinnedAt: moment }, true],
    ['of pinned ones once unpinned', marked({ pinned: true }), {}, false],
    ['of those that are not pinned', marked({ pinned: false }), { pinnedAt: moment }, false],
    ['of thawed ones once frozen', marked({ frozen: false }), { frozenAt: moment }, false],
    ['of frozen ones', marked({ frozen: true }), { frozenAt: moment }, true],
    ['of private ones once shared', marked({ shared: false }), { visibility: 'WORKSPACE' }, false],
    ['of a project', ofProject(choice(['p1', 'p2'])), {}, true],
    ['of a project once moved', ofProject(choice(['p1'])), { projectId: 'p3' }, false],
    ['of a project once in none', ofProject(choice(['p1'])), { projectId: null }, false],
    ['without a project', ofProject(choice([], ['p1'])), {}, false],
    ['without a project, being in none', ofProject(choice([], ['p1'])), { projectId: null }, true],
    ['of a label', { labels: choice(['env:prod', 'env:dev']) }, {}, true],
    ['of two labels of which it has one', { labels: choice(['env:prod', 'team:core']) }, {}, false],
    ['of a label once it is off', { labels: choice(['env:prod']) }, { labels: [] }, false],
    ['without a label that it got', { labels: choice([], ['env:eu']) }, {}, false],
    ['without a label', { labels: choice([], ['env:us', 'team:core']) }, {}, true],
    [
      'whatever acts do not change',
      { search: 'text', marks: { ...emptyFilter.marks, mine: true } },
      {},
      true,
    ],
  ])('%s', (_, filter, changed, expected) => {
    const asked = toSessionFilter({ ...emptyFilter, ...filter }, new Date())
    expect(stays({ ...state, ...changed }, asked)).toBe(expected)
  })
})

describe('the gateway alone can say whether an act took a session out of a view', () => {
  test.each<[string, Partial<ViewFilter>, boolean]>([
    ['of all', {}, false],
    ['of marks, labels and projects', { ...marked({ pinned: true }), labels: choice(['env:prod']) }, false],
    ['of words', { search: 'text' }, true],
    ['of annotated ones', marked({ annotated: true }), true],
    ['of a score', { scores: { quality: { min: 0.5, max: null } } }, true],
    [
      'without an annotation',
      { choices: { ...emptyFilter.choices, annotation: choice([], ['quality']) } },
      true,
    ],
  ])('%s', (_, filter, expected) => {
    expect(isPartlyJudged(toSessionFilter({ ...emptyFilter, ...filter }, new Date()))).toBe(expected)
  })
})
