import { createHash } from 'node:crypto'
import { concatAST, type DocumentNode, Kind, print, separateOperations } from 'graphql'

/** A plugin of codegen: each operation with its fragments, under the SHA-256 of its text as clients send it. */
export function plugin(_schema: unknown, files: readonly { document?: DocumentNode }[]): string {
  const { kind, definitions } = concatAST(files.flatMap(({ document }) => document ?? []))
  const operationsFirst = definitions.toSorted(
    (a, b) => Number(a.kind !== Kind.OPERATION_DEFINITION) - Number(b.kind !== Kind.OPERATION_DEFINITION),
  )
  const texts = Object.values(separateOperations({ kind, definitions: operationsFirst })).map(print)
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [sha256(text), text])), null, 2)}\n`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
