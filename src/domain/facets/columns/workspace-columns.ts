import { NAME_END } from '../../annotation/summary.js'
import { type CodeField, heldFields, type ListField, type NumberField } from '../../session/field-kinds.js'
import type { SessionField } from '../../session/fields.js'
import { CodeColumn } from './code-column.js'
import { CostColumn } from './cost-column.js'
import { IdTable } from './id-table.js'
import { LabelKeys } from './label-keys.js'
import { ListColumn } from './list-column.js'
import { longer } from './longer.js'
import { MomentColumn } from './moment-column.js'
import { NumberColumn } from './number-column.js'
import { RecordReader } from './record.js'
import { SearchTexts } from './search-texts.js'
import { originCodes, stateBits } from './state.js'
import { StateCounts } from './state-counts.js'

/** Sums of any of the rows are exact in doubles, with room to spare, while those of all are less. */
const MAX_SUM = 2 ** 51
/** Room beyond the sessions that there are, in shares of them: to begin with, and when it is used up. */
const SPARE = { first: 1.02, more: 1.125 }

/** Stands between title and preview, and in neither. */
const UNIT_SEPARATOR = 0x1f

/** The sessions of one workspace as one typed array a column. A row keeps its number while its session stays. */
export class WorkspaceColumns {
  /** One more than the greatest row in use. */
  rows = 0
  /** Sessions that are held. */
  sessions = 0
  state: Uint8Array
  readonly createdAt: MomentColumn
  readonly lastActivityAt: MomentColumn
  readonly cost: CostColumn
  /** The columns that the table of a session's fields asks for, by field. */
  readonly codes: Readonly<Record<CodeField, CodeColumn>>
  readonly numbers: Readonly<Record<NumberField, NumberColumn>>
  readonly lists: Readonly<Record<ListField, ListColumn>>
  /** The keys of lists whose values have some. */
  readonly keys: Record<'labels' | 'annotationLabels', LabelKeys>
  /** Titles and previews, folded; null where they are not held. */
  texts: SearchTexts | null
  readonly stateCounts = new StateCounts()
  readonly #ids: IdTable
  readonly #free: number[] = []
  /** Sums of all rows, near enough. */
  #tokensHeld = 0
  #costHeld = 0
  readonly #reader = new RecordReader()
  /** The columns by kind: each loop over one of them calls one `put`. */
  readonly #moments: readonly MomentColumn[]
  readonly #codes: readonly CodeColumn[]
  readonly #numbers: readonly NumberColumn[]
  readonly #lists: readonly ListColumn[]
  #capacity: number

  constructor(expected: number, withTexts: boolean) {
    const capacity = Math.ceil(expected * SPARE.first) + 64
    this.#capacity = capacity
    this.state = new Uint8Array(capacity)
    this.createdAt = new MomentColumn(capacity)
    this.lastActivityAt = new MomentColumn(capacity)
    this.cost = new CostColumn(capacity)
    this.codes = byField(heldFields.codes, () => new CodeColumn(capacity))
    this.numbers = byField(heldFields.numbers, () => new NumberColumn(capacity))
    this.lists = byField(heldFields.lists, () => new ListColumn(capacity))
    this.#moments = [this.createdAt, this.lastActivityAt]
    this.#codes = Object.values(this.codes)
    this.#numbers = Object.values(this.numbers)
    this.#lists = Object.values(this.lists)
    this.keys = {
      labels: new LabelKeys(this.lists.labels.table, ':'),
      annotationLabels: new LabelKeys(this.lists.annotationLabels.table, NAME_END),
    }
    this.texts = withTexts ? new SearchTexts(capacity, UNIT_SEPARATOR) : null
    this.#ids = new IdTable(capacity)
  }

  /** Whether every number can be summed up exactly. */
  get isFit(): boolean {
    return this.#tokensHeld < MAX_SUM && this.#costHeld < MAX_SUM
  }

  get memory(): number {
    const columns = [this.cost, ...this.#moments, ...this.#codes, ...this.#numbers, ...this.#lists]
    return (
      this.state.byteLength +
      columns.reduce((sum, { memory }) => sum + memory, 0) +
      this.#ids.memory +
      this.keys.labels.memory +
      this.keys.annotationLabels.memory +
      this.stateCounts.memory +
      (this.texts?.memory ?? 0)
    )
  }

  /** Whether so much was replaced that reading anew gives memory back: lists, or texts that no session has any more. */
  get isWorn(): boolean {
    return (
      this.#codes.some(({ table }) => table.size > 2 * this.sessions + 100_000) ||
      this.#lists.some(({ isWorn }) => isWorn) ||
      this.texts?.isWorn === true
    )
  }

  /** Gives back room that reading many took and few will need. */
  trim(): void {
    for (const list of this.#lists) list.trim()
  }

  /** Takes in the record at this place, in the place of what was held of its session; gives the place behind it. */
  put(bytes: Buffer, at: number): number {
    const field = this.#reader
    field.open(bytes, at)
    field.next()
    const row = this.#rowOf(bytes, field.start)
    if (this.state[row] !== 0) this.#weigh(row, -1)
    field.next()
    const origin = originCodes.get(bytes.toString('latin1', field.start, field.start + field.length)) ?? 0
    field.next()
    this.state[row] = field.int2() | (origin << stateBits.originShift)
    field.next()
    const created = field.moment()
    this.createdAt.put(row, created)
    this.lastActivityAt.put(row, field.next() ? field.moment() : created)
    this.cost.put(row, field)
    for (const column of this.#codes) column.put(row, field)
    for (const column of this.#numbers) column.put(row, field)
    for (const column of this.#lists) column.put(row, field)
    this.#weigh(row, 1)
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
    for (const list of this.#lists) list.clear(row)
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
    const index = this.#ids.find(bytes, at)
    if (index >= 0) return index
    const row = this.#free.pop() ?? this.rows++
    if (row === this.#capacity) this.#grow()
    this.#ids.add(bytes, at, row)
    this.sessions++
    return row
  }

  /** Adds what is held of a row to what is known of all, or takes it away. */
  #weigh(row: number, sign: 1 | -1): void {
    this.stateCounts.add(this.state[row] as number, this.codes.ownerId.codes[row] as number, sign)
    this.#tokensHeld += sign * Math.abs(this.numbers.totalTokens.values[row] as number)
    this.#costHeld += (sign * Math.abs(this.cost.values[row] || 0)) / 1e6
  }

  #grow(): void {
    const capacity = Math.ceil(this.#capacity * SPARE.more) + 64
    this.#capacity = capacity
    this.state = longer(this.state, capacity)
    for (const column of [this.cost, ...this.#moments, ...this.#codes, ...this.#numbers, ...this.#lists])
      column.grow(capacity)
    this.texts?.grow(capacity)
    this.#ids.grow(capacity)
  }
}

function byField<Name extends SessionField, Column>(
  names: readonly Name[],
  make: () => Column,
): Record<Name, Column> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, Column>
}
