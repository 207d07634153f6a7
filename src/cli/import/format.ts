import type { ReadDatabase } from './file/read-database.js'
import type { ValueStore } from './file/value-store.js'
import type { SourceDefaults, SourceHead, SourceMessage, SourceSession } from './source.js'

/** A value of a file: an element of its array, its one object, or a line. Numbers that JavaScript would round are texts. */
export interface SourceRecord {
  value: unknown
  /** From 1: of the line, or of the element. */
  number: number
  /** `line 7` or `value 7`. */
  at: string
}

/** How a file begins, which tells its format. */
export interface FileStart {
  shape: 'object' | 'array' | 'lines'
  /** The one object; else the first values, at most 20. */
  values: readonly unknown[]
  path: string
}

/** A part of a session that a reader gives as soon as it knows it; `key` tells the sessions of one file apart. */
export type SourcePiece =
  /** Given at least once a session, at any time: the last one counts. */
  | { key: string; head: SourceHead }
  /** In the order of the transcript; with an index it stands for the message that was given there. */
  | { key: string; message: SourceMessage; index?: number }

/** Files around the one that is read, by their folders as that file sees them. */
export interface FilesAround {
  /** The values of a folder's `.json` files, in the order of their names; none where there is no such folder. */
  valuesIn(folder: string): readonly unknown[]
  /** The value of a `.json` file, by its path as that file sees it; undefined for none. */
  valueAt(path: string): unknown
}

/** Where a reader puts values that it needs again later: in memory, or on disk where the file is large. */
export type Aside = <T>() => ValueStore<T>

interface FormatFrame {
  /** What such a file holds, after "a": `Claude Code session`. */
  title: string
  /** Whether a file that begins so is surely of this format; the first format of the table that says so reads it. */
  recognizes(start: FileStart): boolean
  /** Whether a file that nobody recognizes, or that cannot be read, may have been meant as one of these. */
  looksLike?(start: FileStart): boolean
  /**
   * Names the first entry of a file that begins with these values; null for none. Files that begin with the same one, under ids of
   * their own, are copies of one conversation: its answers count in the oldest.
   */
  firstEntry?(values: readonly unknown[]): string | null
  /** Members of a document that may be too long for memory: a reader goes through them once, an element at a time. */
  lists?: readonly string[]
}

/**
 * A format as a pure reader. Readers throw `Unreadable` for what is not as the format has it: of a `value` reader that
 * refuses the sessions of that value, of a `file` reader all sessions of the file.
 */
export type Format = FormatFrame &
  (
    | {
        /** Each value is a document of its own, with any number of sessions. */
        input: 'value'
        /** What reports call the sessions of a value that cannot be read. */
        name(record: SourceRecord): string
        read(record: SourceRecord, defaults: SourceDefaults, aside: Aside): Iterable<SourcePiece>
      }
    | {
        /** Each value begins a session, of which other files hold the rest. */
        input: 'beside'
        name(record: SourceRecord): string
        read(record: SourceRecord, defaults: SourceDefaults, around: FilesAround): Iterable<SourcePiece>
      }
    | {
        /** All values together tell the sessions: read once, holding as little as can be. */
        input: 'file'
        read(
          records: Iterable<SourceRecord>,
          defaults: SourceDefaults,
          aside: Aside,
          around: FilesAround,
        ): Iterable<SourcePiece>
      }
    | {
        /** The file is a database of SQLite. */
        input: 'database'
        recognizesTables(tables: ReadonlySet<string>): boolean
        read(database: ReadDatabase, defaults: SourceDefaults): Iterable<SourcePiece>
      }
    | {
        /** The file is no text. */
        input: 'bytes'
        /** Whether a file that begins so may be of this format, which its content tells. */
        mayBegin(start: Uint8Array): boolean
        recognizesBytes(chunks: Iterable<Uint8Array>): boolean
        read(chunks: Iterable<Uint8Array>, defaults: SourceDefaults, aside: Aside): Iterable<SourcePiece>
      }
  )

/** The pieces of whole sessions, for readers that need all of a session before they know it. */
export function* piecesOf(sessions: Iterable<SourceSession>): Generator<SourcePiece> {
  let number = 0
  for (const { messages, ...head } of sessions) {
    const key = String(number++)
    yield { key, head }
    for (const message of messages) yield { key, message }
  }
}
