import { print } from 'graphql'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import type { eraseActs } from './acts.js'

type Reading = Parameters<(typeof eraseActs)['erase read']>[1]
type Answer = Awaited<ReturnType<(typeof eraseActs)['erase read']>>

/** A client that reads by an act. */
export function clientOf(
  read: (asked: Pick<Reading, 'query' | 'variables'>) => Promise<Answer>,
): GatewayClient {
  return {
    execute: async (document, variables) => {
      const answer = await read({ query: print(document), variables: variables as object })
      if ('refusal' in answer) throw new Refusal(answer.refusal, { code: answer.code })
      return { data: answer.data as never, repeated: false }
    },
  }
}
