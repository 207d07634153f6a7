import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import type { PagePath } from '../../../view/path'
import { AnnotationChip } from './annotation-chip'
import { AnnotationForm } from './annotation-form'
import styles from './annotations.module.css'
import type { Annotation, Annotations } from './use-annotations'

interface AnnotationListProps {
  path: PagePath
  /** Uuid of the session. */
  id: string
  /** Uuid of the message; null for what was said of the session itself. */
  messageId: string | null
  /** What they are of, in words: `the session`, `message 3`. */
  what: string
  shown: readonly Annotation[]
  annotations: Annotations
}

/** What was said of a session or of a message, and a way to say more. */
export function AnnotationList(props: AnnotationListProps) {
  if (props.shown.length === 0 && !props.annotations.mayAnnotate) return null
  return (
    <AnnotationChips {...props}>
      <AddAnnotation {...props} />
    </AnnotationChips>
  )
}

/** What was said of a session or of a message. */
export function AnnotationChips(props: AnnotationListProps & { children?: ReactNode }) {
  const { path, id, what, shown, annotations, children } = props
  return (
    <span className={styles.list} role="group" aria-label={`Annotations of ${what}`}>
      {shown.map((annotation) => (
        <AnnotationChip
          key={annotation.uuid}
          path={path}
          id={id}
          annotation={annotation}
          annotations={annotations}
        />
      ))}
      {children}
    </span>
  )
}

/** A way to say something of it, for whoever may. */
export function AddAnnotation({ path, id, messageId, what, shown, annotations }: AnnotationListProps) {
  const [isAdding, setIsAdding] = useState(false)
  if (!annotations.mayAnnotate) return null
  return (
    <>
      <Button
        className={`button plain ${styles.add}`}
        data-alone={shown.length === 0 && messageId !== null}
        onPress={() => setIsAdding(true)}
      >
        {messageId === null ? '+ annotation' : '+'}
        <span className="unseen">{`${messageId === null ? '' : ' annotation'} of ${what}`}</span>
      </Button>
      {isAdding && (
        <AnnotationForm
          path={path}
          id={id}
          messageId={messageId}
          title={`Annotate ${what}`}
          annotation={null}
          names={annotations.names}
          onClose={() => setIsAdding(false)}
          onDone={annotations.renew}
        />
      )}
    </>
  )
}
