import { useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { annotationChipDeleteMutation } from '../../../__generated__/annotationChipDeleteMutation.graphql'
import { absolute } from '../../../format'
import { Failure } from '../../../parts/failure-boundary'
import { PopoverDialog } from '../../../parts/popover-dialog'
import { showControls, visibleName } from '../../../parts/show-controls'
import { useAct } from '../../../parts/use-act'
import type { PagePath } from '../../../view/path'
import { AnnotationForm } from './annotation-form'
import styles from './annotations.module.css'
import type { Annotation, Annotations } from './use-annotations'

interface AnnotationChipProps {
  path: PagePath
  id: string
  annotation: Annotation
  annotations: Annotations
}

const sources = { PERSON: null, MODEL: 'model', RULE: 'rule' } as const

/** An annotation in short; all of it, and what may be done to it, one click away. */
export function AnnotationChip({ path, id, annotation, annotations }: AnnotationChipProps) {
  const { organization, workspace } = path
  const [isEditing, setIsEditing] = useState(false)
  const { act, isBusy, failure, forget } = useAct<annotationChipDeleteMutation>(graphql`
    mutation annotationChipDeleteMutation($input: DeleteAnnotationInput!) {
      deleteAnnotation(input: $input) {
        deletedId
      }
    }
  `)
  const { uuid, name, score, label, note, createdBy, createdAt, updatedAt } = annotation
  const source = sources[annotation.source]
  const who = createdBy?.login ?? source ?? 'a service'
  return (
    <>
      <DialogTrigger onOpenChange={forget}>
        <Button className={`button ${styles.chip}`}>
          <span dir="auto">{visibleName(name)}</span>
          {score != null && <span className="number">{String(score)}</span>}
          {label != null && (
            <b className={styles.label} dir="auto">
              {visibleName(label)}
            </b>
          )}
          {note != null && (
            <span className={styles.short} dir="auto">
              {showControls(note)}
            </span>
          )}
          {source !== null && <span className="muted">{source}</span>}
        </Button>
        <PopoverDialog
          label={`Annotation ${visibleName(name)}`}
          className={styles.whole}
          placement="bottom start"
        >
          {(close) => (
            <>
              <p>
                <b dir="auto">{visibleName(name)}</b>{' '}
                {score != null && <span className="number">{String(score)}</span>}{' '}
                {label != null && <span dir="auto">{visibleName(label)}</span>}
              </p>
              {note != null && (
                <p className={styles.note} dir="auto">
                  {showControls(note)}
                </p>
              )}
              <p className="muted">
                {who}
                {source !== null && createdBy != null && `, by a ${source}`}, {absolute(createdAt)}
                {updatedAt !== createdAt && `, changed ${absolute(updatedAt)}`}
              </p>
              {failure !== null && <Failure error={failure} />}
              {annotations.mayEdit(annotation) && (
                <div className={styles.acts}>
                  <Button
                    className="button"
                    onPress={() => {
                      close()
                      setIsEditing(true)
                    }}
                  >
                    Edit…
                  </Button>
                  <Button
                    className="button"
                    isDisabled={isBusy}
                    onPress={() =>
                      act({ organization, workspace, id, annotationId: uuid }, () => {
                        close()
                        annotations.renew()
                      })
                    }
                  >
                    Remove
                  </Button>
                </div>
              )}
            </>
          )}
        </PopoverDialog>
      </DialogTrigger>
      {isEditing && (
        <AnnotationForm
          path={path}
          id={id}
          messageId={annotation.messageUuid ?? null}
          title={`Annotation ${visibleName(name)}`}
          annotation={annotation}
          names={annotations.names}
          onClose={() => setIsEditing(false)}
          onDone={annotations.renew}
        />
      )}
    </>
  )
}
