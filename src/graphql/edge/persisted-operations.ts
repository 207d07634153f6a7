import { readFileSync } from 'node:fs'
import { useAPQ } from '@graphql-yoga/plugin-apq'
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations'
import { parse, validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { refusal } from '../limits/refusal.js'
import { schema } from '../schema.js'
import { BadOperationList } from './bad-operation-list.js'
import { createDocumentStore } from './document-store.js'

/** Documents that clients may name by an id instead of sending them. */
export interface PersistedOperations {
  /** Documents by id, which is their hash as a rule. */
  list: ReadonlyMap<string, string>
  /** Whether nothing else runs. */
  only: boolean
}

/**
 * Lets clients name an operation by `extensions.persistedQuery.sha256Hash`: one of the list, or one that some client
 * sent along with its SHA-256 before. With `only`, one of the list it must be.
 */
export function usePersisted({ list, only }: PersistedOperations): Plugin {
  if (!only) {
    const sent = createDocumentStore<string>()
    return useAPQ({ store: { get: (id) => list.get(id) ?? sent.get(id), set: sent.set } })
  }
  return usePersistedOperations({
    getPersistedOperation: (id) => list.get(id) ?? null,
    customErrors: {
      notFound: () => refusal('PERSISTED_QUERY_NOT_IN_LIST', 'PersistedQueryNotFound'),
      keyNotFound: () => refusal('PERSISTED_QUERY_ID_REQUIRED', listed),
      persistedQueryOnly: () => refusal('PERSISTED_QUERY_ONLY', listed),
    },
  })
}

const listed = 'Only operations of the list are allowed, named by their id'

/**
 * Reads a JSON object of documents by id, as codegen's client preset and relay-compiler write it.
 * @throws {BadOperationList} when the file is no such thing, or an operation does not fit the schema
 */
export function readOperationList(path: string): ReadonlyMap<string, string> {
  const list = Object.entries(readObject(path))
  if (list.length === 0) throw new BadOperationList(`The operation list ${path} is empty.`)
  for (const [id, document] of list) {
    const problem = typeof document === 'string' ? findProblem(document) : 'It is no text'
    if (problem !== null)
      throw new BadOperationList(`The operation ${id} of ${path} cannot be used: ${problem}.`)
  }
  return new Map(list as [string, string][])
}

function readObject(path: string): object {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    throw new BadOperationList(`The operation list ${path} ${reason}.`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new BadOperationList(`The operation list ${path} takes an object of documents by id.`)
}

function findProblem(document: string): string | null {
  try {
    const [error] = validate(schema, parse(document))
    return error?.message.replace(/\.$/, '') ?? null
  } catch (error) {
    return (error as Error).message.replace(/\.$/, '')
  }
}
