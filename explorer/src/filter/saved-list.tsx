import { type FormEvent, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
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
  const { workspace } = useQuery<savedListQuery>(
    graphql`
      query savedListQuery($organization: String!, $workspace: String!) {
        workspace(organization: $organization, slug: $workspace) {
          savedFilters(first: 200) {
            edges {
              node {
                uuid
                name
                filter
                view
                shared
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    const id = saved.find((found) => found.name === name.trim())?.uuid ?? crypto.randomUUID()
    const filter = toSessionFilter(address.filter, new Date())
    save({
      variables: {
        input: {
          organization,
          workspace: slug,
          id,
          name: name.trim(),
          filter: filter as never,
          // What a filter has no words for: a span up to now, an order.
          view: writeAddress(address.filter).toString(),
        },
      },
      ...told,
    })
  }
  return (
    <>
      {saved.length === 0 && (
        <p className="muted">None yet. Narrow the list, give the view a name, and find it here again.</p>
      )}
      {saved.map(({ uuid, name, filter, view, shared, viewerCan }) => (
        <div key={uuid} className={styles.pair}>
          <Button
            className={`button plain ${styles.text}`}
            onPress={() => {
              address.show(view == null ? fromSessionFilter(filter) : readAddress(new URLSearchParams(view)))
              onDone()
            }}
          >
            {visibleName(name)} {shared && <span className="muted">shared</span>}
          </Button>
          {viewerCan.edit && (
            <Button
              className="button plain"
              aria-label={`Delete ${visibleName(name)}`}
              onPress={() =>
                remove({ variables: { input: { organization, workspace: slug, id: uuid } }, ...told })
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
