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
  /** In the order of the transcript. */
  | { key: string; message: SourceMessage }

/** Files around the one that is read, by their folders as that file sees them. */
export interface FilesAround {
  /** The values of a folder's `.json` files, in the order of their names; none where there is no such folder. */
  valuesIn(folder: string): readonly unknown[]
}

interface FormatFrame {
  /** What such a file holds, after "a": `Claude Code session`. */
  title: string
  /** Whether a file that begins so is surely of this format; the first format of the table that says so reads it. */
  recognizes(start: FileStart): boolean
  /** Whether a file that nobody recognizes, or that cannot be read, may have been meant as one of these. */
  looksLike?(start: FileStart): boolean
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
        read(record: SourceRecord, defaults: SourceDefaults): readonly SourceSession[]
      }
    | {
        /** Each value begins a session, of which other files hold the rest. */
        input: 'beside'
        name(record: SourceRecord): string
        read(record: SourceRecord, defaults: SourceDefaults, around: FilesAround): readonly SourceSession[]
      }
    | {
        /** All values together tell the sessions: read once for the limits and once for the rows, holding as little as can be. */
        input: 'file'
        read(
          records: Iterable<SourceRecord>,
          defaults: SourceDefaults,
          start: FileStart,
        ): Iterable<SourcePiece>
      }
    | {
        /** The file is no text. */
        input: 'bytes'
        /** Whether a file that begins so may be of this format, which its whole content tells. */
        mayBegin(start: Uint8Array): boolean
        recognizesBytes(content: Uint8Array): boolean
        read(bytes: Uint8Array, defaults: SourceDefaults): Iterable<SourcePiece>
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
