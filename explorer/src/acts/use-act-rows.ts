import { graphql, useFragment } from 'react-relay'
import type {
  useActRows_sessions$data,
  useActRows_sessions$key,
} from '../__generated__/useActRows_sessions.graphql'

/** What acts ask of a session: its state, and the viewer's rights. */
export type ActRow = useActRows_sessions$data[number]

/** The states and rights of sessions that acts may be offered for. */
export function useActRows(sessions: useActRows_sessions$key): readonly ActRow[] {
  return useFragment(
    graphql`
      fragment useActRows_sessions on Session @relay(plural: true) {
        id
        uuid
        archivedAt
        pinnedAt
        frozenAt
        visibility
        projectId
        labels {
          key
          values
        }
        viewerCan {
          archive
          unarchive
          pin
          share
          freeze
          delete
          annotate
          move
        }
      }
    `,
    sessions,
  )
}
