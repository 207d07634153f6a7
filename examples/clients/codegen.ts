import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { SessionList } from './operations.js'
import { gateway } from './story.js'

/** What codegen's client preset types, named by its hash: `npx tsx examples/clients/codegen.ts`. */
const { url, headers, place } = gateway

type Persisted<Data, Variables> = TypedDocumentNode<Data, Variables> & { __meta__?: { hash?: string } }

interface Answer<Data> {
  data: Data
  errors?: { message: string; extensions: { code: string } }[]
}

/** Asks by the hash alone; a gateway that has no list, or not this operation in it, is sent the text. */
async function ask<Data, Variables>(
  document: Persisted<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const sha256Hash = document.__meta__?.hash
  let answer = await post<Data>({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } })
  if (answer.errors?.[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND')
    answer = await post<Data>({ query: print(document), variables })
  if (answer.errors) throw new Error(answer.errors[0]?.message)
  return answer.data
}

async function post<Data>(operation: object): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(operation),
  })
  return (await response.json()) as Answer<Data>
}

const { workspace } = await ask(SessionList, { ...place, filter: { search: 'payment' }, first: 3 })
for (const { node } of workspace?.sessions.edges ?? []) console.log(node.title)
