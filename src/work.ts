import { AsyncLocalStorage } from 'node:async_hooks'

/** Thrown where work goes on whose request is over: its client is gone, or its time. */
export class WorkOver extends Error {
  override name = 'WorkOver'
  readonly code = 'WORK_OVER'

  constructor() {
    super('The request is over')
  }
}

/** What the log and the metrics tell of a request, noted as it is found out. */
export interface Notes {
  /** The way in. */
  face?: string
  /** What it ran: the name of its operation. */
  operation?: string
  /** Of its first error. */
  code?: string
  /** Id of the user who asked. */
  viewer?: string
  /** What the key shows of itself in lists, after `sgw_`. */
  key?: string
}

/** What is told of a part of a trace beside its name and its time; never a value that somebody stored. */
export type SpanAttributes = Record<string, string | number>

/** A part of a trace that has begun. */
export interface Span {
  /** What whoever is asked for it gets as `traceparent`, and `tracestate` where there is one. */
  headers: Readonly<Record<string, string>>
  /** Ends it; with what went wrong where something did. */
  end(more: SpanAttributes, error?: unknown): void
}

/** Where a request is traced. */
export interface Trace {
  /** What lines of the log hold to be found by. */
  readonly ids: { trace_id: string; span_id: string }
  /** Begins a part of it that somebody else works on, such as the database. */
  begin(name: string, attributes: SpanAttributes): Span
}

/** What one request has others do. It ends with the request, and nothing new begins for it then. */
export class Work {
  /** The key that asks, as soon as it is known: what it may hold at once is counted by it. */
  owner: string | null = null
  /** Its credential, good or not, or its address: those who share the thread. Never told. */
  sender: string | null = null
  readonly notes: Notes = {}
  /** Null where nobody traces. */
  trace: Trace | null = null
  /** Whether the request, by its method, may be one that changes nothing. */
  mayRead = true
  /** How far the database's log was when the client last wrote, as it says. */
  position: string | null = null
  /** Tells the client how far the log is after its write. */
  tellPosition: ((position: string) => void) | null = null
  #isOver = false
  readonly #ends = new Set<() => void>()

  get isOver(): boolean {
    return this.#isOver
  }

  /** @throws {WorkOver} when it is over */
  check(): void {
    if (this.#isOver) throw new WorkOver()
  }

  /** Calls `stop` when the work ends; gives what takes that back. */
  whenOver(stop: () => void): () => void {
    this.#ends.add(stop)
    return () => this.#ends.delete(stop)
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const stop of this.#ends) stop()
    this.#ends.clear()
  }
}

const works = new AsyncLocalStorage<Work | null>()

/** Runs `act`, and all that comes of it, as part of the work; null is nobody's, which ends by itself. */
export function inWork<T>(work: Work | null, act: () => T): T {
  return works.run(work, act)
}

/** Runs what others share as nobody's work, so that it does not end with whoever asked first. */
export function apart<T>(act: () => T): T {
  return works.run(null, act)
}

/** The work that this is part of, if it is any request's. */
export function currentWork(): Work | null {
  return works.getStore() ?? null
}
