import { use } from 'react'
import { type GraphQLTaggedNode, useLazyLoadQuery } from 'react-relay'
import type { CacheConfig, FetchPolicy, OperationType } from 'relay-runtime'
import { Attempt } from './attempt'

interface QueryOptions {
  fetchKey?: string | number
  fetchPolicy?: FetchPolicy
  networkCacheConfig?: CacheConfig
}

/** Relay's `useLazyLoadQuery`, which remembers failures; a part that is tried again asks again. */
export function useQuery<Operation extends OperationType>(
  query: GraphQLTaggedNode,
  variables: Operation['variables'],
  { fetchKey = '', ...options }: QueryOptions = {},
): Operation['response'] {
  return useLazyLoadQuery<Operation>(query, variables, { ...options, fetchKey: `${fetchKey}${use(Attempt)}` })
}
