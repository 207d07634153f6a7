import { type GraphQLTaggedNode, graphql } from 'react-relay'
import type { ActRow } from './use-act-rows'

type Right = keyof ActRow['viewerCan']
type ActState = Pick<ActRow, 'archivedAt' | 'pinnedAt'>
const now = () => new Date().toISOString()

interface BulkAct {
  title: string
  /** What it did, before a number of sessions: `archived`. */
  done: string
  key?: string
  right: Right
  /** Whether there is anything to do for a session. */
  applies: (row: ActRow) => boolean
  mutation: GraphQLTaggedNode
  /** What it changes of a session, shown before the gateway answers; absent for what has no way back. */
  ahead?: () => Partial<ActState>
  /** The act that takes it back; absent when nothing does. */
  undo?: string
  /** A sentence to agree to first, for what cannot be taken back. */
  warning?: string
}

// What every act tells of a session: what came of it, and how its row stands now.
graphql`
  fragment bulkActs_outcome on SessionActOutcome {
    uuid
    result
    refusal {
      message
    }
    session {
      archivedAt
      ...sessionRow_session
    }
  }
`

/** The acts without further input, in the order of the bar; the gateway says of each session what came of it. */
export const bulkActs = {
  archive: {
    title: 'Archive',
    done: 'archived',
    key: 'e',
    right: 'archive',
    applies: (row) => row.archivedAt === null,
    mutation: graphql`
      mutation bulkActsArchiveMutation($input: ArchiveSessionsInput!) {
        acted: archiveSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    ahead: () => ({ archivedAt: now() }),
    undo: 'unarchive',
  },
  unarchive: {
    title: 'Unarchive',
    done: 'unarchived',
    right: 'unarchive',
    applies: (row) => row.archivedAt !== null,
    mutation: graphql`
      mutation bulkActsUnarchiveMutation($input: UnarchiveSessionsInput!) {
        acted: unarchiveSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    ahead: () => ({ archivedAt: null }),
    undo: 'archive',
  },
  pin: {
    title: 'Pin',
    done: 'pinned',
    right: 'pin',
    applies: (row) => row.pinnedAt === null,
    mutation: graphql`
      mutation bulkActsPinMutation($input: PinSessionsInput!) {
        acted: pinSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    ahead: () => ({ pinnedAt: now() }),
    undo: 'unpin',
  },
  unpin: {
    title: 'Unpin',
    done: 'unpinned',
    right: 'pin',
    applies: (row) => row.pinnedAt !== null,
    mutation: graphql`
      mutation bulkActsUnpinMutation($input: UnpinSessionsInput!) {
        acted: unpinSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    ahead: () => ({ pinnedAt: null }),
    undo: 'pin',
  },
  share: {
    title: 'Share',
    done: 'shared',
    right: 'share',
    applies: (row) => row.visibility === 'PRIVATE',
    mutation: graphql`
      mutation bulkActsShareMutation($input: ShareSessionsInput!) {
        acted: shareSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    warning: 'Everyone in the workspace will see them, and that cannot be taken back.',
  },
  freeze: {
    title: 'Freeze',
    done: 'frozen',
    right: 'freeze',
    applies: (row) => row.frozenAt === null,
    mutation: graphql`
      mutation bulkActsFreezeMutation($input: FreezeSessionsInput!) {
        acted: freezeSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    warning: 'They become read-only, and nothing thaws them.',
  },
  delete: {
    title: 'Delete',
    done: 'deleted',
    right: 'delete',
    applies: () => true,
    mutation: graphql`
      mutation bulkActsDeleteMutation($input: DeleteSessionsInput!) {
        acted: deleteSessions(input: $input) {
          outcomes {
            ...bulkActs_outcome @relay(mask: false)
          }
        }
      }
    `,
    warning: 'They are gone for good, with their transcripts.',
  },
} as const satisfies Record<string, BulkAct>
export type BulkActName = keyof typeof bulkActs
export const bulkActNames = Object.keys(bulkActs) as BulkActName[]
