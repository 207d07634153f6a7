import { GraphQLError } from 'graphql'

/** Codes of what is refused before an operation runs, beside those of `domain/errors.ts` and of the libraries. */
export type RefusalCode =
  | 'BAD_REQUEST'
  | 'CSRF_PREVENTED'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'OPERATION_TOO_COMPLEX'
  | 'OPERATION_TOO_LARGE'
  | 'PERSISTED_QUERY_ID_REQUIRED'
  | 'PERSISTED_QUERY_NOT_IN_LIST'
  | 'PERSISTED_QUERY_ONLY'
  | 'UNSUPPORTED_MEDIA_TYPE'

interface Http {
  status: number
  headers?: Record<string, string>
  /** Whether a client that takes plain JSON alone gets 200, as it did before there was a type for GraphQL. */
  spec?: true
}

/** A request that is refused before its operation runs. */
export function refusal(code: RefusalCode, message: string, http: Http = { status: 400 }): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http } })
}
