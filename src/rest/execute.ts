import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql'
import { type ErrorCode, errorCodes } from '../domain/errors.js'
import type { GatewayYoga } from '../graphql/yoga.js'
import type { Issue } from '../rules/issue.js'

/** Runs a static operation; throws `OperationFailed`. */
export type Execute = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Data>

/** Who a request says that sends it, and from where. */
export interface Caller {
  /** Which face of the gateway it asks. */
  face?: 'dreadnode' | 'everruns'
  userAgent?: string | null
  credential: string | null
  /** Null where addresses do not count. */
  address: string | null
}

/** Why an operation gave no data: an expected failure, or a bug that is already logged. */
export class OperationFailed extends Error {
  override name = 'OperationFailed'

  constructor(
    readonly code: ErrorCode | 'INTERNAL_SERVER_ERROR',
    message: string,
    readonly details: {
      issues?: readonly Issue[]
      retryAfterSeconds?: number | undefined
      requestId?: string
    } = {},
  ) {
    super(message)
  }
}

/**
 * Executes operations in process for one request, under one context: a caller is looked up and counted once.
 * Documents are validated when they are generated.
 */
export function createExecute(yoga: GatewayYoga, caller: Caller): Execute {
  let begun: Promise<Enveloped> | undefined
  return async <Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables) => {
    begun ??= begin(yoga, caller)
    const { execute, schema, contextValue } = await begun
    const variableValues = variables as Record<string, unknown>
    const result = await execute({ schema, document, variableValues, contextValue })
    const [error] = result.errors ?? []
    if (error !== undefined) throw toFailure(error)
    return result.data as Data
  }
}

interface Enveloped extends Pick<ExecutionArgs, 'schema' | 'contextValue'> {
  execute: (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>
}

async function begin(yoga: GatewayYoga, caller: Caller): Promise<Enveloped> {
  const { execute, schema, contextFactory } = yoga.getEnveloped(caller)
  return { execute, schema, contextValue: await contextFactory() }
}

function toFailure({ message, extensions }: GraphQLError): OperationFailed {
  const { code, ...details } = extensions as { code?: ErrorCode } & OperationFailed['details']
  return code !== undefined && errorCodes.includes(code)
    ? new OperationFailed(code, message, details)
    : new OperationFailed('INTERNAL_SERVER_ERROR', message, details)
}
