import { withoutTriggers, writeBare } from '../frame/bare-writes.js'
import { graphqlRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { mediansOf, takeTurns } from '../frame/rounds.js'

const appendMutation = `mutation Append($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }`
const usage = {
  inputTokens: 100,
  outputTokens: 50,
  cacheReadInputTokens: 0,
  cacheCreationInputTokens: 0,
  costUsd: 0.001,
}
const message = { role: 'ASSISTANT', content: 'x'.repeat(200), usage }

/** Appends of 50 messages by 16 writers, each to sessions of its own, beside the bare insert of 50 rows. */
export async function measureAppends(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { organization, workspace, organizationId, workspaceId, userId } = dataset.place
  const { rows } = await dataset.sql.query(
    `select id from sessions where organization_id = $1 and workspace_id = $2 and owner_id = $3
       and frozen_at is null and last_message_at is null limit 160`,
    [organizationId, workspaceId, userId],
  )
  const ids: string[] = rows.map(({ id }) => id)
  const { origin } = new URL((await dataset.gateway()).url)
  const input = {
    organization,
    workspace,
    id: '{{session}}',
    messages: Array.from({ length: 50 }, () => message),
  }
  const append = {
    ...graphqlRequest(`${origin}/graphql`, dataset.key, appendMutation, { input }),
    ids: ids.slice(16),
  }
  const seconds = load.quick ? 2 : 4
  const bare = () => writeBare(dataset, 'insert50', { seconds, sessionIds: ids.slice(0, 16) })
  const rates = mediansOf(
    await takeTurns(load.quick ? 3 : 5, {
      bare: () => withoutTriggers(dataset, bare),
      kept: bare,
      graphql: async () => (await load.driver.drive(append, { connections: 16, seconds })).perSecond,
    }),
  )
  const ratio = rates.graphql / rates.bare
  return {
    bars: [
      {
        job: 'append of 50 messages',
        bar: 'at least 0.6 of the rate of the bare insert',
        measured: showTimes(ratio),
        holds: ratio >= 0.6,
      },
    ],
    tables: {
      appends: table(
        ['50 messages at once', 'a second', 'of the first'],
        [
          ['the bare insert through `pg`, without triggers', show(rates.bare), '1×'],
          ['the same, with triggers', show(rates.kept), showTimes(rates.kept / rates.bare)],
          ['appendTranscript over GraphQL', show(rates.graphql), showTimes(ratio)],
        ],
      ),
    },
  }
}
