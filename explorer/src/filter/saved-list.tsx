import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField, ToggleButton } from 'react-aria-components'
import { graphql, useMutation } from 'react-relay'
import type { savedListDeleteMutation } from '../__generated__/savedListDeleteMutation.graphql'
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

/** Saved filters, each a click away, and a way to save the view as another one. */
export default function SavedList({ address, path, onDone }: SavedListProps) {
  const { organization, workspace: slug } = path
  const [asked, setAsked] = useState(0)
  const [name, setName] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const { viewer, workspace } = useQuery<savedListQuery>(
    graphql`
      query savedListQuery($organization: String!, $workspace: String!) {
        viewer {
          user {
            uuid
          }
        }
        workspace(organization: $organization, slug: $workspace) {
          mayShare: viewerCan(act: FILTER_SHARE)
          savedFilters(first: 200) {
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
      }
    `,
    { organization, workspace: slug },
    { fetchPolicy: 'store-and-network', fetchKey: asked },
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
      setAsked(asked + 1)
    },
    onError: (error: Error) => setFailure(error.message),
  }
  const saved = workspace?.savedFilters.edges.map(({ node }) => node) ?? []
  const isOwn = ({ owner }: (typeof saved)[number]) => owner?.uuid === viewer.user?.uuid
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
          {isOwn(found) && workspace?.mayShare && (
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
