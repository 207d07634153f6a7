import { type FormEvent, use, useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql, useFragment, useMutation } from 'react-relay'
import type { titleEditor_session$key } from '../../__generated__/titleEditor_session.graphql'
import type { titleEditorMutation } from '../../__generated__/titleEditorMutation.graphql'
import { OwnActs } from '../../acts/own-acts'
import { visibleName } from '../../parts/show-controls'
import type { PagePath } from '../../view/path'
import styles from './session-pane.module.css'

/** The title, which whoever may annotate the session writes anew. */
export function TitleEditor({ session: key, path }: { session: titleEditor_session$key; path: PagePath }) {
  const session = useFragment(
    graphql`
      fragment titleEditor_session on Session {
        id
        uuid
        title
        previewText
        viewerCan {
          annotate
        }
      }
    `,
    key,
  )
  const { note } = use(OwnActs)
  const [text, setText] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [save] = useMutation<titleEditorMutation>(graphql`
    mutation titleEditorMutation($input: AnnotateSessionInput!) {
      annotateSession(input: $input) {
        session {
          title
          titleSource
          updatedAt
        }
      }
    }
  `)
  const name = visibleName(session.title ?? session.previewText ?? 'Untitled')
  if (text === null)
    return (
      <>
        <h1 className={styles.title} title={name} dir="auto">
          {name}
        </h1>
        {session.viewerCan.annotate && (
          <Button
            className="button plain"
            aria-label="Edit the title"
            onPress={() => setText(session.title ?? '')}
          >
            ✎
          </Button>
        )}
        {failure !== null && <span role="alert">{failure}</span>}
      </>
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setText(null)
    if (text === (session.title ?? '')) return
    const { organization, workspace } = path
    save({
      variables: { input: { organization, workspace, id: session.id, title: text } },
      optimisticResponse: {
        annotateSession: {
          session: {
            id: session.id,
            title: text,
            titleSource: 'PERSON',
            updatedAt: new Date().toISOString(),
          },
        },
      },
      onCompleted: (_, errors) => {
        setFailure(errors?.[0]?.message ?? null)
        note([session.uuid])
      },
      onError: ({ message }) => setFailure(message),
    })
  }
  return (
    <form onSubmit={submit} className={styles.title}>
      <input
        className="field"
        aria-label="Title"
        maxLength={255}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the viewer asked to edit it.
        autoFocus
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && setText(null)}
        onBlur={submit}
      />
    </form>
  )
}
