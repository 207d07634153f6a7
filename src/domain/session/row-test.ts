import type { SessionOrigin, SessionVisibility } from '../../db/sql.js'
import type { CodeField, ListField, NumberField } from './field-kinds.js'
import type { AnnotationCondition } from './filter-shape.js'

/** The part of its columns that says what state a session is in; an absent member says nothing. */
export interface StateTest {
  archived?: boolean
  frozen?: boolean
  visibility?: SessionVisibility
  origins?: readonly SessionOrigin[]
}

/** What a member of a filter asks of a session, for columns in memory: the same as its SQL. A null holds no test. */
export type RowTest =
  | ({ of: 'state' } & StateTest)
  /** One of the values, or none of them; `orNone` takes a session without a value, too. */
  | { of: 'code'; field: CodeField; values: readonly string[]; isNot?: boolean; orNone?: boolean }
  /** Any of the values is in the list. */
  | { of: 'list'; field: ListField; values: readonly string[] }
  /** The list has entries, or none. */
  | { of: 'listed'; field: ListField; some: boolean }
  /** One annotation has all that is asked for. */
  | { of: 'annotation'; asked: AnnotationCondition }
  /** Both ends included; undefined where open. */
  | { of: 'number'; field: NumberField; min: number | undefined; max: number | undefined }
  /** The same in 10^-12 US dollars. */
  | { of: 'cost'; min: bigint | undefined; max: bigint | undefined }
  /** `end` at `from` or later, and `start` before `to`; in milliseconds since 1970. */
  | {
      of: 'time'
      start: 'createdAt' | 'lastActivityAt'
      end: 'createdAt' | 'lastActivityAt'
      from: number | undefined
      to: number | undefined
    }
  /** Pinned by the viewer, or not. */
  | { of: 'pins'; pinned: boolean }

/** What only the database knows, looked up beforehand. */
export interface TestContext {
  userId: string | null
  /** The names behind public ids of agents. */
  agentNames: (ids: readonly string[]) => readonly string[]
}
