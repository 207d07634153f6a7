import relay, { type GraphQLTaggedNode, type MutationParameters, type OperationType } from 'relay-runtime'
import usageFragment, { type FrontEnd_usage$data } from './__generated__/FrontEnd_usage.graphql.js'
import deleteMutation, {
  type FrontEndDeleteMutation,
} from './__generated__/FrontEndDeleteMutation.graphql.js'
import events, {
  type FrontEndEventsSubscription,
} from './__generated__/FrontEndEventsSubscription.graphql.js'
import listQuery, { type FrontEndListQuery } from './__generated__/FrontEndListQuery.graphql.js'
import renameMutation, {
  type FrontEndRenameMutation,
} from './__generated__/FrontEndRenameMutation.graphql.js'
import saveMutation, { type FrontEndSaveMutation } from './__generated__/FrontEndSaveMutation.graphql.js'
import sessionQuery, { type FrontEndSessionQuery } from './__generated__/FrontEndSessionQuery.graphql.js'
import { createRelayEnvironment } from './relay-environment.js'
import { gateway, type Row, tell } from './story.js'

/** The story with Relay's runtime: `npx tsx examples/clients/relay.ts`. */
const { commitMutation, createOperationDescriptor, fetchQuery, getRequest, getSingularSelector } = relay
const { url, headers, place } = gateway
const environment = createRelayEnvironment(url, headers)
const listSize = 2
let cursor: string | null = null

function mutate<Mutation extends MutationParameters>(
  mutation: GraphQLTaggedNode,
  input: Mutation['variables'],
): Promise<Mutation['response']> {
  return new Promise((resolve, reject) => {
    commitMutation<Mutation>(environment, {
      mutation,
      variables: input,
      onCompleted: (answer, errors) => (errors ? reject(new Error(errors[0]?.message)) : resolve(answer)),
      onError: reject,
    })
  })
}

/** What the store has of an operation, which is kept in it from then on. */
function read<Operation extends OperationType>(node: GraphQLTaggedNode, variables: Operation['variables']) {
  const operation = createOperationDescriptor(getRequest(node), variables)
  environment.retain(operation)
  return environment.lookup(operation.fragment).data as Operation['response'] | undefined
}

/** The rows of the connection; places of sessions that are gone are empty. */
function rowsOf(filter: { search: string }): Row[] {
  const variables = { ...place, filter, count: listSize, cursor: null }
  const edges = read<FrontEndListQuery>(listQuery, variables)?.workspace?.sessions.edges ?? []
  return edges.flatMap((edge) => (edge?.node ? [{ ...edge.node, title: edge.node.title ?? null }] : []))
}

await tell({
  save: async (input) => {
    const { saveSession } = await mutate<FrontEndSaveMutation>(saveMutation, {
      input: { ...place, ...input },
    })
    if (!saveSession) throw new Error('Nothing was saved')
    return { ...saveSession.session, title: saveSession.session.title ?? null }
  },

  loadPage: async (filter, count) => {
    const variables = { ...place, filter, count, cursor }
    const answer = await fetchQuery<FrontEndListQuery>(environment, listQuery, variables).toPromise()
    const { endCursor, hasNextPage } = answer?.workspace?.sessions.pageInfo ?? {}
    cursor = endCursor ?? null
    return { rows: rowsOf(filter), hasMore: hasNextPage ?? false }
  },

  readInParts: (id) =>
    new Promise((resolve, reject) => {
      const parts: { totalTokens: number | null }[] = []
      const variables = { ...place, id }
      const take = () => {
        const session = read<FrontEndSessionQuery>(sessionQuery, variables)?.workspace?.session
        const selector = session && getSingularSelector(usageFragment, session)
        const data = selector && (environment.lookup(selector).data as FrontEnd_usage$data | undefined)
        parts.push({ totalTokens: data?.usage?.totalTokens ?? null })
      }
      const operation = createOperationDescriptor(getRequest(sessionQuery), variables)
      environment
        .execute({ operation })
        .subscribe({ next: take, error: reject, complete: () => resolve(parts) })
    }),

  listen: (hear) => {
    const subscription = relay.requestSubscription<FrontEndEventsSubscription>(environment, {
      subscription: events,
      variables: place,
      updater: (store, answer) => {
        const event = answer?.sessionEvents
        if (event?.kind === 'DELETED') store.delete(event.sessionId)
      },
      onNext: (answer) => answer && hear(answer.sessionEvents),
      onError: (error) => {
        throw error
      },
    })
    return () => subscription.dispose()
  },

  rename: async (id, title) => {
    await mutate<FrontEndRenameMutation>(renameMutation, { input: { ...place, id, title } })
  },

  remove: async (sessionIds) => {
    const input = { ...place, ids: [], sessionIds }
    const { deleteSessions } = await mutate<FrontEndDeleteMutation>(deleteMutation, { input })
    return deleteSessions?.deletedIds ?? []
  },

  cached: rowsOf,
})
