import {
  type DocumentNode,
  type GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { currentWork } from '../../work.js'
import { codeOf } from './errors.js'

/** Notes which operation a request runs, and the code of its first error, for the log and the metrics. */
export function useRequestNotes(): Plugin {
  return {
    onExecute: ({ args: { document, operationName } }) => {
      noteOperation(document, operationName)
      return { onExecuteDone: ({ result }) => noteCode(result) }
    },
    onSubscribe: ({ args: { document, operationName } }) => noteOperation(document, operationName),
    // What never ran, such as a document that does not fit the schema, comes by here alone.
    onResultProcess: ({ result }) => noteCode(result),
  }
}

function noteOperation(document: DocumentNode, operationName: string | null | undefined): void {
  const notes = currentWork()?.notes
  const operation = notes === undefined ? null : getOperationAST(document, operationName)
  if (notes !== undefined && operation) notes.operation ??= nameOf(operation)
}

function noteCode(result: unknown): void {
  const notes = currentWork()?.notes
  if (notes === undefined || isAsyncIterable(result) || Array.isArray(result)) return
  const [error] = (result as { errors?: readonly GraphQLError[] }).errors ?? []
  if (error !== undefined) notes.code ??= codeOf(error)
}

const names = new WeakMap<OperationDefinitionNode, string>()

/** An operation without a name goes by its root fields. Kept, since documents are. */
function nameOf(operation: OperationDefinitionNode): string {
  const name = names.get(operation) ?? readName(operation)
  names.set(operation, name)
  return name
}

function readName({ name, selectionSet }: OperationDefinitionNode): string {
  const fields = selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : [],
  )
  return (name?.value ?? [...new Set(fields)].join(' ')).slice(0, 64)
}
