import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { SessionList } from './operations.js'
import { gateway } from './story.js'

/** What codegen's client preset types, named by its hash alone: `npx tsx examples/clients/codegen.ts`. */
const { url, headers, place } = gateway

type Persisted<Data, Variables> = TypedDocumentNode<Data, Variables> & { __meta__?: { hash?: string } }

async function ask<Data, Variables>(
  document: Persisted<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const sha256Hash = document.__meta__?.hash
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
  })
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] }
  if (errors) throw new Error(errors[0]?.message)
  return data
}

const { workspace } = await ask(SessionList, { ...place, filter: { search: 'payment' }, first: 3 })
for (const { node } of workspace?.sessions.edges ?? []) console.log(node.title)
