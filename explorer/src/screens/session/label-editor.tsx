import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import type { labelEditor_session$key } from '../../__generated__/labelEditor_session.graphql'
import { LabelDialog } from '../../acts/label-dialog'
import { useBulk } from '../../acts/use-bulk'
import { visibleName } from '../../parts/show-controls'
import type { PagePath } from '../../view/path'
import styles from './session-pane.module.css'

interface LabelEditorProps {
  session: labelEditor_session$key
  path: PagePath
  /** What stands behind the labels. */
  children: ReactNode
  /** A way to add something else, beside the one to add a label. */
  add: ReactNode
}

/** The labels of a session, each with a way to take it off, and a way to add one. */
export function LabelEditor({ session: key, path, children, add }: LabelEditorProps) {
  const session = useFragment(
    graphql`
      fragment labelEditor_session on Session {
        uuid
        labels {
          key
          values
        }
        viewerCan {
          annotate
        }
      }
    `,
    key,
  )
  const bulk = useBulk(path)
  const [isAdding, setIsAdding] = useState(false)
  const labels = session.labels.flatMap(({ key, values }) => values.map((value) => ({ key, value })))
  const refusal = bulk.report?.failure?.message ?? bulk.report?.outcomes[0]?.refusal?.message
  return (
    <>
      {labels.map(({ key, value }) => (
        <span key={`${key}:${value}`} className={styles.label} dir="auto">
          {visibleName(`${key}: ${value}`)}
          {session.viewerCan.annotate && (
            <Button
              className="button plain"
              aria-label={`Take off ${visibleName(`${key}: ${value}`)}`}
              onPress={() => bulk.label([session.uuid], { key, value }, 'remove')}
            >
              ×
            </Button>
          )}
        </span>
      ))}
      {children}
      <span className={styles.adds}>
        {session.viewerCan.annotate && (
          <Button className="button plain" onPress={() => setIsAdding(true)}>
            + label
          </Button>
        )}
        {add}
      </span>
      {isAdding && (
        <LabelDialog
          count={1}
          onClose={() => setIsAdding(false)}
          onDone={(label) => bulk.label([session.uuid], label, 'add')}
        />
      )}
      {refusal && <span role="alert">{refusal}</span>}
    </>
  )
}
