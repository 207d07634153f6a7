import { use, useCallback, useEffect, useMemo, useState } from 'react'
import { graphql, useRelayEnvironment } from 'react-relay'
import type {
  useAnnotationsQuery,
  useAnnotationsQuery$data,
} from '../../../__generated__/useAnnotationsQuery.graphql'
import { OwnActs } from '../../../acts/own-acts'
import { askPastStore } from '../../../gateway/ask'
import type { PagePath } from '../../../view/path'

type Workspace = NonNullable<useAnnotationsQuery$data['workspace']>
type Connection = NonNullable<Workspace['session']>['annotations']
export type Annotation = Connection['edges'][number]['node']

export interface Annotations {
  /** Those on the session itself, oldest first. */
  ofSession: readonly Annotation[]
  /** Those on a message, by its uuid. */
  ofMessage: ReadonlyMap<string, readonly Annotation[]>
  /** What was judged in this session so far. */
  names: readonly string[]
  mayAnnotate: boolean
  mayEdit(annotation: Annotation): boolean
  failure: Error | null
  /** Reads them anew, after one came or went. */
  renew: () => void
}

interface Known {
  all: readonly Annotation[]
  /** Uuid of the user who looks; null for a service key. */
  viewer: string | null
  rights: Pick<Workspace, 'mayAnnotate' | 'mayEdit' | 'viewerRole'> | null
}

/** What was said of a session and of its messages; another version of the session may have others. */
export function useAnnotations(
  { organization, workspace }: PagePath,
  id: string,
  version: number,
): Annotations {
  const environment = useRelayEnvironment()
  const [known, setKnown] = useState<Known>({ all: [], viewer: null, rights: null })
  const [failure, setFailure] = useState<Error | null>(null)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version and another round ask again.
  useEffect(() => {
    let isWanted = true
    const read = async () => {
      const all: Annotation[] = []
      for (let after: string | null | undefined = null; after !== undefined; ) {
        const answer: useAnnotationsQuery$data | undefined = await askPastStore<useAnnotationsQuery>(
          environment,
          query,
          { organization, workspace, id, after },
        ).toPromise()
        const page: Connection | undefined = answer?.workspace?.session?.annotations
        if (!isWanted || answer?.workspace == null || page == null) return
        all.push(...page.edges.map(({ node }) => node))
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined
        if (after === undefined)
          setKnown({ all, viewer: answer.viewer.user?.uuid ?? null, rights: answer.workspace })
      }
    }
    read().then(() => setFailure(null), setFailure)
    return () => {
      isWanted = false
    }
  }, [environment, organization, workspace, id, version, round])
  const { note } = use(OwnActs)
  const renew = useCallback(() => {
    setRound((before) => before + 1)
    note([id])
  }, [note, id])
  return useMemo(() => {
    const { all, viewer, rights } = known
    const ofMessage = new Map<string, Annotation[]>()
    for (const each of all)
      if (each.messageUuid != null)
        ofMessage.set(each.messageUuid, [...(ofMessage.get(each.messageUuid) ?? []), each])
    return {
      ofSession: all.filter(({ messageUuid }) => messageUuid == null),
      ofMessage,
      names: [...new Set(all.map(({ name }) => name))].sort(),
      mayAnnotate: rights?.mayAnnotate === true,
      mayEdit: ({ createdBy }) =>
        rights?.mayEdit === true &&
        (rights.viewerRole === 'ADMIN' || (viewer !== null && createdBy?.uuid === viewer)),
      failure,
      renew,
    }
  }, [known, failure, renew])
}

const query = graphql`
  query useAnnotationsQuery($organization: String!, $workspace: String!, $id: String!, $after: String) {
    viewer {
      user {
        uuid
      }
    }
    workspace(organization: $organization, slug: $workspace) {
      mayAnnotate: viewerCan(act: ANNOTATION_CREATE)
      mayEdit: viewerCan(act: ANNOTATION_EDIT)
      viewerRole
      session(id: $id) {
        annotations(first: 200, after: $after) {
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            node {
              uuid
              messageUuid
              name
              score
              label
              note
              source
              createdAt
              updatedAt
              createdBy {
                uuid
                login
              }
            }
          }
        }
      }
    }
  }
`
