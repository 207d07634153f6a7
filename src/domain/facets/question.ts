import type { SessionFilter } from '../session/filter.js'
import type { Batch, FacetMode } from './batch.js'
import type { FacetPage } from './lists.js'
import type { FacetRequest } from './request.js'
import type { Timeline, TimelineCell, TimelineRequest } from './timeline.js'

/** A filter, and what to tell of the sessions that match it. */
export interface CountQuestion {
  filter: SessionFilter
  mode: FacetMode
  requests: readonly FacetRequest[]
  /** Whether to tell how many there are. */
  total: boolean
  /** How to lay them out in time; null for not at all. */
  timeline: TimelineRequest | null
}

export interface CountAnswer {
  /** Each request's pages: one of its dimension, or none if no value occurs; of labels one a key, by code points. */
  pages: FacetPage[][]
  total: number | null
  timeline: Timeline | null
}

/** A question as both ways to count take it. */
export interface PlannedQuestion extends CountQuestion {
  batches: readonly Batch[]
}

/** What a way to count gives: the pages of each request's parts, in any order. */
export interface PlannedAnswer {
  pages: [number, FacetPage[]][]
  total: number | null
  /** The cells of its timeline. */
  cells: TimelineCell[]
}

/** Answers of all questions, and the rows that were read along. */
export interface PlannedAnswers {
  answers: PlannedAnswer[]
  rows: Record<string, unknown>[]
}
