import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField, ToggleButton } from 'react-aria-components'
import { graphql, useMutation, usePaginationFragment } from 'react-relay'
import type { savedList_workspace$key } from '../__generated__/savedList_workspace.graphql'
import type { savedListDeleteMutation } from '../__generated__/savedListDeleteMutation.graphql'
import type { savedListPageQuery } from '../__generated__/savedListPageQuery.graphql'
import type { savedListQuery } from '../__generated__/savedListQuery.graphql'
import type { savedListSaveMutation } from '../__generated__/savedListSaveMutation.graphql'
import { useQuery } from '../gateway/use-query'
import { visibleName } from '../parts/show-controls'
import { readAddress, writeAddress } from '../view/address'
import type { PagePath } from '../view/path'
import { fromSessionFilter, toSessionFilter } from '../view/session-filter'
import type { Address } from '../view/use-address'
import styles from './filter-bar.module.css'

type SavedInput = savedListSaveMutation['variables']['input']

interface SavedListProps {
  address: Address
  path: PagePath
  onDone: () => void
}

const PAGE = 100

/** Saved filters, each a click away, and a way to save the view as another one. */
export default function SavedList(props: SavedListProps) {
  const { organization, workspace } = props.path
  const [asked, setAsked] = useState(0)
  const data = useQuery<savedListQuery>(
    graphql`
      query savedListQuery($organization: String!, $workspace: String!, $count: Int!) {
        viewer {
          user {
            uuid
          }
        }
        workspace(organization: $organization, slug: $workspace) {
          ...savedList_workspace @arguments(count: $count)
        }
      }
    `,
    { organization, workspace, count: PAGE },
    { fetchPolicy: 'store-and-network', fetchKey: asked },
  )
  return (
    data.workspace && (
      <Saved
        {...props}
        workspace={data.workspace}
        userId={data.viewer.user?.uuid ?? null}
        onChange={() => setAsked(asked + 1)}
      />
    )
  )
}

interface SavedProps extends SavedListProps {
  workspace: savedList_workspace$key
  userId: string | null
  /** Asks for them anew. */
  onChange: () => void
}

function Saved({ address, path, onDone, workspace: key, userId, onChange }: SavedProps) {
  const { organization, workspace: slug } = path
  const [name, setName] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    savedListPageQuery,
    savedList_workspace$key
  >(
    graphql`
      fragment savedList_workspace on Workspace
      @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
      @refetchable(queryName: "savedListPageQuery") {
        mayShare: viewerCan(act: FILTER_SHARE)
        savedFilters(first: $count, after: $cursor) @connection(key: "savedList_savedFilters") {
          edges {
            node {
              uuid
              name
              filter
              view
              shared
              owner {
                uuid
                login
              }
              viewerCan {
                edit
              }
            }
          }
        }
      }
    `,
    key,
  )
  const [save, isSaving] = useMutation<savedListSaveMutation>(graphql`
    mutation savedListSaveMutation($input: SaveFilterInput!) {
      saveFilter(input: $input) {
        savedFilter {
          uuid
        }
      }
    }
  `)
  const [remove] = useMutation<savedListDeleteMutation>(graphql`
    mutation savedListDeleteMutation($input: DeleteFilterInput!) {
      deleteFilter(input: $input) {
        deletedUuid
      }
    }
  `)
  const told = {
    onCompleted: (_: unknown, errors: readonly { message: string }[] | null) => {
      setFailure(errors?.[0]?.message ?? null)
      onChange()
    },
    onError: (error: Error) => setFailure(error.message),
  }
  const saved = data.savedFilters.edges.map(({ node }) => node)
  const isOwn = ({ owner }: (typeof saved)[number]) => owner?.uuid === userId
  const store = (input: Omit<SavedInput, 'organization' | 'workspace'>) =>
    save({ variables: { input: { organization, workspace: slug, ...input } }, ...told })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    store({
      id: saved.find((found) => found.name === name.trim() && isOwn(found))?.uuid ?? crypto.randomUUID(),
      name: name.trim(),
      filter: toSessionFilter(address.filter, new Date()),
      // What a filter has no words for: a span up to now, an order.
      view: writeAddress(address.filter).toString(),
    })
  }
  return (
    <>
      {saved.length === 0 && (
        <p className="muted">None yet. Narrow the list, give the view a name, and find it here again.</p>
      )}
      {saved.map((found) => (
        <div key={found.uuid} className={styles.pair}>
          <Button
            className={`button plain ${styles.text}`}
            onPress={() => {
              const { filter, view } = found
              address.show(view == null ? fromSessionFilter(filter) : readAddress(new URLSearchParams(view)))
              onDone()
            }}
          >
            {visibleName(found.name)}{' '}
            {!isOwn(found) && <span className="muted">of {visibleName(found.owner?.login ?? 'nobody')}</span>}
          </Button>
          <span className={styles.gap} />
          {isOwn(found) && data.mayShare && (
            <ToggleButton
              className="button plain"
              aria-label={`Share ${visibleName(found.name)} with the workspace`}
              isSelected={found.shared}
              onChange={(shared) => {
                const { uuid: id, name, filter, view } = found
                store({ id, name, filter, view, shared })
              }}
            >
              {found.shared ? 'shared' : 'share'}
            </ToggleButton>
          )}
          {found.viewerCan.edit && (
            <Button
              className="button plain"
              aria-label={`Delete ${visibleName(found.name)}`}
              onPress={() =>
                remove({ variables: { input: { organization, workspace: slug, id: found.uuid } }, ...told })
              }
            >
              ×
            </Button>
          )}
        </div>
      ))}
      {hasNext && (
        <Button className="button plain" isDisabled={isLoadingNext} onPress={() => loadNext(PAGE)}>
          Show more saved views
        </Button>
      )}
      <form onSubmit={submit} className={styles.pair}>
        <TextField value={name} onChange={setName} maxLength={100}>
          <Label className="unseen">Name</Label>
          <Input className="field" placeholder="Save this view as…" />
        </TextField>
        <Button type="submit" className="button" isDisabled={isSaving || name.trim() === ''}>
          Save
        </Button>
      </form>
      {failure !== null && (
        <p role="alert" className="muted">
          {failure}
        </p>
      )}
    </>
  )
}
