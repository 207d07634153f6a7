import { use, useState } from 'react'
import { commitMutation, type GraphQLTaggedNode, graphql, useRelayEnvironment } from 'react-relay'
import type { RecordSourceProxy, SelectorStoreUpdater } from 'relay-runtime'
import type { PagePath } from '../view/path'
import { type BulkActName, bulkActs } from './bulk-acts'
import { OwnActs } from './own-acts'
import type { ActRow } from './use-act-rows'

/** The gateway takes as many at once. */
const MAX_IDS = 200

interface Outcome {
  uuid: string
  result: 'DONE' | 'REFUSED' | 'UNCHANGED'
  refusal: { message: string } | null
}

/** What came of an act: one outcome for each session, and how to take it back. */
export interface BulkReport {
  done: string
  outcomes: readonly Outcome[]
  /** Why the call as a whole failed; null when it did not. */
  failure: Error | null
  undo: (() => void) | null
}

/** Sessions that one call acts on alike. */
interface BulkPart {
  uuids: readonly string[]
  input: object
}

/** A session as acts know it: by its global id in the store, by its uuid at the gateway. */
type ActedRow = Pick<ActRow, 'id' | 'uuid'>

/** A session, and the project that it lies in. */
export interface Moved {
  uuid: string
  projectId?: string | null
}

export interface BulkLabel {
  key: string
  value: string
}

const labelMutation = graphql`
  mutation useBulkLabelMutation($input: LabelSessionsInput!) {
    acted: labelSessions(input: $input) {
      outcomes {
        ...bulkActs_outcome @relay(mask: false)
      }
    }
  }
`
const moveMutation = graphql`
  mutation useBulkMoveMutation($input: MoveSessionsInput!) {
    acted: moveSessions(input: $input) {
      outcomes {
        ...bulkActs_outcome @relay(mask: false)
      }
    }
  }
`

/** Acts on many sessions, and keeps the report of the last act; `onDone` hears of an act that changed any. */
export function useBulk({ organization, workspace }: PagePath, onDone?: (name: BulkActName) => void) {
  const environment = useRelayEnvironment()
  const { note } = use(OwnActs)
  const [report, setReport] = useState<BulkReport | null>(null)
  const [isBusy, setIsBusy] = useState(false)

  const commit = (mutation: GraphQLTaggedNode, input: object, optimisticUpdater?: SelectorStoreUpdater) =>
    new Promise<readonly Outcome[]>((resolve, reject) =>
      commitMutation(environment, {
        mutation,
        variables: { input: { organization, workspace, ...input } },
        onCompleted: (answer, errors) => {
          const acted = (answer as { acted: { outcomes: readonly Outcome[] } | null }).acted
          if (acted === null) reject(new Error(errors?.[0]?.message ?? 'Nothing was done.'))
          else resolve(acted.outcomes)
        },
        onError: reject,
        ...(optimisticUpdater && { optimisticUpdater }),
      }),
    )

  async function act(
    mutation: GraphQLTaggedNode,
    parts: readonly BulkPart[],
    done: string,
    undo: ((changed: string[]) => void) | null,
    ahead?: SelectorStoreUpdater,
  ): Promise<number> {
    setIsBusy(true)
    const outcomes: Outcome[] = []
    let failure: Error | null = null
    try {
      for (const { uuids, input } of parts)
        for (let at = 0; at < uuids.length; at += MAX_IDS)
          outcomes.push(...(await commit(mutation, { ids: uuids.slice(at, at + MAX_IDS), ...input }, ahead)))
    } catch (error) {
      failure = error as Error
    }
    const changed = outcomes.filter(({ result }) => result === 'DONE').map(({ uuid }) => uuid)
    if (changed.length > 0) note(changed, mutation === bulkActs.delete.mutation ? 'deleted' : 'changed')
    setReport({
      done,
      outcomes,
      failure,
      undo: undo !== null && changed.length > 0 ? () => undo(changed) : null,
    })
    setIsBusy(false)
    return changed.length
  }

  const run = (name: BulkActName, rows: readonly ActedRow[]): void => {
    const given = bulkActs[name]
    const undo =
      'undo' in given
        ? (changed: string[]) =>
            run(
              given.undo,
              rows.filter(({ uuid }) => changed.includes(uuid)),
            )
        : null
    const ahead =
      'ahead' in given
        ? (store: RecordSourceProxy) => {
            for (const [field, value] of Object.entries(given.ahead()))
              for (const { id } of rows) store.get(id)?.setValue(value, field)
          }
        : undefined
    const uuids = rows.map(({ uuid }) => uuid)
    void act(given.mutation, [{ uuids, input: {} }], given.done, undo, ahead).then(
      (changed) => changed > 0 && onDone?.(name),
    )
  }
  const label = (uuids: readonly string[], { key, value }: BulkLabel, how: 'add' | 'remove'): void => {
    const back = how === 'add' ? 'remove' : 'add'
    const input = { [how]: [{ key, values: [value] }] }
    void act(labelMutation, [{ uuids, input }], how === 'add' ? 'labelled' : 'unlabelled', (changed) =>
      label(changed, { key, value }, back),
    )
  }
  const move = (sessions: readonly Moved[], projectId: string | null): void => {
    const uuids = sessions.map(({ uuid }) => uuid)
    void act(moveMutation, [{ uuids, input: { projectId } }], 'moved', (changed) => {
      // Each goes back to where it was.
      const back = sessions.filter(({ uuid }) => changed.includes(uuid))
      const parts = [...new Set(back.map(({ projectId = null }) => projectId))].map((before) => ({
        uuids: back.filter(({ projectId = null }) => projectId === before).map(({ uuid }) => uuid),
        input: { projectId: before },
      }))
      void act(moveMutation, parts, 'moved back', null)
    })
  }
  return { run, label, move, report, isBusy, forget: () => setReport(null) }
}
export type Bulk = ReturnType<typeof useBulk>
