import { SessionOrigin } from '../../../db/prisma.js'
import { type Codes, type Counts, widened, withCount } from './counts.js'
import { IdTable } from './id-table.js'
import { LabelKeys } from './label-keys.js'
import { ListColumn } from './list-column.js'
import { longer } from './longer.js'
import { RecordReader } from './record.js'
import { SearchTexts } from './search-texts.js'
import { stateBits } from './state.js'
import { StateCounts } from './state-counts.js'
import { TextTable } from './text-table.js'

export const origins = Object.values(SessionOrigin)
const originCodes = new Map(origins.map((origin, code) => [origin as string, code]))

/** Sums of any of the rows are exact in doubles, with room to spare, while those of all are less. */
const MAX_SUM = 2 ** 51
/** Room beyond the sessions that there are, in shares of them: to begin with, and when it is used up. */
const SPARE = { first: 1.02, more: 1.125 }

/** Stands between title and preview, and in neither. */
const UNIT_SEPARATOR = 0x1f

/** A column of texts: the number of each row's text in the table. */
export interface CodeColumn {
  table: TextTable
  codes: Codes
}

/** The sessions of one workspace as one typed array a column. A row keeps its number while its session stays. */
export class WorkspaceColumns {
  /** One more than the greatest row in use. */
  rows = 0
  /** Sessions that are held. */
  sessions = 0
  state: Uint8Array
  createdAt: Float64Array
  lastActivityAt: Float64Array
  messageCount: Counts
  tokens: Counts
  /** Millionths of a US dollar, and millionths of these; NaN for an unknown cost. */
  costMillionths: Float64Array
  costRest: Int32Array
  failedCalls: Counts
  /** Milliseconds; NaN where there is none. */
  duration: Float64Array
  readonly owners: CodeColumn
  readonly projects: CodeColumn
  readonly agents: CodeColumn
  readonly models: CodeColumn
  readonly labels: ListColumn
  readonly labelKeys: LabelKeys
  readonly answeringModels: ListColumn
  readonly toolNames: ListColumn
  /** Titles and previews, folded; null where they are not held. */
  texts: SearchTexts | null
  readonly stateCounts = new StateCounts()
  readonly #ids: IdTable
  readonly #free: number[] = []
  /** Sums of all rows, near enough. */
  #tokensHeld = 0
  #costHeld = 0
  readonly #reader = new RecordReader()
  #capacity: number

  constructor(expected: number, withTexts: boolean) {
    const capacity = Math.ceil(expected * SPARE.first) + 64
    this.#capacity = capacity
    const codes = (): CodeColumn => ({ table: new TextTable(), codes: new Uint8Array(capacity) })
    this.state = new Uint8Array(capacity)
    this.createdAt = new Float64Array(capacity)
    this.lastActivityAt = new Float64Array(capacity)
    this.messageCount = new Uint8Array(capacity)
    this.tokens = new Uint8Array(capacity)
    this.costMillionths = new Float64Array(capacity)
    this.costRest = new Int32Array(capacity)
    this.failedCalls = new Uint8Array(capacity)
    this.duration = new Float64Array(capacity)
    this.owners = codes()
    this.projects = codes()
    this.agents = codes()
    this.models = codes()
    this.labels = new ListColumn(capacity)
    this.answeringModels = new ListColumn(capacity)
    this.toolNames = new ListColumn(capacity)
    this.labelKeys = new LabelKeys(this.labels.table)
    this.texts = withTexts ? new SearchTexts(capacity, UNIT_SEPARATOR) : null
    this.#ids = new IdTable(capacity)
  }

  /** Whether every number can be summed up exactly. */
  get isFit(): boolean {
    return this.#tokensHeld < MAX_SUM && this.#costHeld < MAX_SUM
  }

  get memory(): number {
    const arrays = this.#arrays().reduce((sum, { byteLength }) => sum + byteLength, 0)
    const tables = [this.owners, this.projects, this.agents, this.models].reduce(
      (sum, { table, codes }) => sum + table.memory + codes.byteLength,
      0,
    )
    const lists = this.#lists().reduce((sum, { memory }) => sum + memory, 0)
    return (
      arrays +
      tables +
      lists +
      this.#ids.memory +
      this.labelKeys.memory +
      this.stateCounts.memory +
      (this.texts?.memory ?? 0)
    )
  }

  /** Whether so much was replaced that reading anew gives memory back: lists, or texts that no session has any more. */
  get isWorn(): boolean {
    const texts = [this.owners, this.projects, this.agents, this.models].map(({ table }) => table.size)
    return (
      Math.max(...texts) > 2 * this.sessions + 100_000 ||
      this.#lists().some(({ isWorn }) => isWorn) ||
      this.texts?.isWorn === true
    )
  }

  /** Gives back room that reading many took and few will need. */
  trim(): void {
    for (const list of this.#lists()) list.trim()
  }

  /** Takes in the record at this place, in the place of what was held of its session; gives the place behind it. */
  put(bytes: Buffer, at: number): number {
    const field = this.#reader
    field.open(bytes, at)
    field.next()
    const row = this.#rowOf(bytes, field.start)
    if (this.state[row] !== 0) this.#weigh(row, -1)
    this.#putCode(this.owners, row)
    this.#putCode(this.projects, row)
    this.#putCode(this.agents, row)
    this.#putCode(this.models, row)
    field.next()
    const origin = originCodes.get(bytes.toString('latin1', field.start, field.start + field.length)) ?? 0
    field.next()
    this.state[row] = field.int2() | (origin << stateBits.originShift)
    field.next()
    const created = field.moment()
    this.createdAt[row] = created
    this.lastActivityAt[row] = field.next() ? field.moment() : created
    field.next()
    this.messageCount = withCount(this.messageCount, row, field.int8())
    field.next()
    this.tokens = withCount(this.tokens, row, field.int8())
    const cost = field.next() ? field.decimal() : null
    this.costMillionths[row] = cost === null ? Number.NaN : cost.millionths
    this.costRest[row] = cost === null ? 0 : cost.rest
    this.#weigh(row, 1)
    for (const list of [this.labels, this.answeringModels, this.toolNames]) {
      if (field.next()) list.put(row, field)
      else list.clear(row)
    }
    field.next()
    this.failedCalls = withCount(this.failedCalls, row, field.int8())
    this.duration[row] = field.next() ? field.int8() : Number.NaN
    if (field.left > 0 && field.next())
      this.texts?.put(row, field.bytes, field.start, field.start + field.length)
    return field.at
  }

  /** Takes the session with the uuid at this place out, if it is held. */
  remove(bytes: Buffer, at: number): void {
    const row = this.#ids.find(bytes, at)
    if (row < 0) return
    this.#ids.remove(bytes, at)
    this.#weigh(row, -1)
    this.state[row] = 0
    for (const list of this.#lists()) list.clear(row)
    this.texts?.clear(row)
    this.#free.push(row)
    this.sessions--
  }

  /** The row of the uuid at this place; -1 when it is not held. */
  find(bytes: Buffer, at: number): number {
    return this.#ids.find(bytes, at)
  }

  /** The uuid of a row's session, as hex digits. */
  idOf(row: number): string {
    return this.#ids.hexOf(row)
  }

  #rowOf(bytes: Buffer, at: number): number {
    const known = this.#ids.find(bytes, at)
    if (known >= 0) return known
    const row = this.#free.pop() ?? this.rows++
    if (row === this.#capacity) this.#grow()
    this.#ids.add(bytes, at, row)
    this.sessions++
    return row
  }

  /** Adds what is held of a row to what is known of all, or takes it away. */
  #weigh(row: number, sign: 1 | -1): void {
    this.stateCounts.add(this.state[row] as number, this.owners.codes[row] as number, sign)
    this.#tokensHeld += sign * Math.abs(this.tokens[row] as number)
    this.#costHeld += sign * Math.abs(this.costMillionths[row] || 0)
  }

  #putCode(column: CodeColumn, row: number): void {
    const field = this.#reader
    const code = field.next() ? column.table.add(field.bytes, field.start, field.start + field.length) : 0
    if (code >= 256 ** column.codes.BYTES_PER_ELEMENT) column.codes = widened(column.codes, code)
    column.codes[row] = code
  }

  #arrays() {
    const { state, createdAt, lastActivityAt, messageCount, tokens, costMillionths, costRest } = this
    const { failedCalls, duration } = this
    return [
      ...[state, createdAt, lastActivityAt, messageCount, tokens, costMillionths, costRest],
      ...[failedCalls, duration],
    ]
  }

  #lists() {
    return [this.labels, this.answeringModels, this.toolNames]
  }

  #grow(): void {
    const capacity = Math.ceil(this.#capacity * SPARE.more) + 64
    this.#capacity = capacity
    this.state = longer(this.state, capacity)
    this.createdAt = longer(this.createdAt, capacity)
    this.lastActivityAt = longer(this.lastActivityAt, capacity)
    this.messageCount = longer(this.messageCount, capacity)
    this.tokens = longer(this.tokens, capacity)
    this.costMillionths = longer(this.costMillionths, capacity)
    this.costRest = longer(this.costRest, capacity)
    this.failedCalls = longer(this.failedCalls, capacity)
    this.duration = longer(this.duration, capacity)
    for (const column of [this.owners, this.projects, this.agents, this.models])
      column.codes = longer(column.codes, capacity)
    for (const list of this.#lists()) list.grow(capacity)
    this.texts?.grow(capacity)
    this.#ids.grow(capacity)
  }
}
