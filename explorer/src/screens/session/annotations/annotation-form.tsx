import { type FormEvent, useId, useState } from 'react'
import { Button, Input, Label, TextArea, TextField } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { annotationFormCreateMutation } from '../../../__generated__/annotationFormCreateMutation.graphql'
import type { annotationFormUpdateMutation } from '../../../__generated__/annotationFormUpdateMutation.graphql'
import { Choices, DialogFrame } from '../../../parts/dialog-frame'
import { Failure } from '../../../parts/failure-boundary'
import { useAct } from '../../../parts/use-act'
import dialog from '../../../styles/dialog.module.css'
import type { PagePath } from '../../../view/path'
import styles from './annotations.module.css'
import type { Annotation } from './use-annotations'

interface AnnotationFormProps {
  path: PagePath
  /** Uuid of the session. */
  id: string
  messageId: string | null
  title: string
  /** The one to change, which keeps its name; null makes one. */
  annotation: Annotation | null
  /** What is offered to judge. */
  names: readonly string[]
  onClose: () => void
  onDone: () => void
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
/** What the gateway takes as a score. */
const decimal = /^-?\d{1,20}(\.\d{1,12})?$/

/** A score, a label, a note, or some of them, under a name. */
export function AnnotationForm(props: AnnotationFormProps) {
  const { path, id, messageId, title, annotation, names, onClose, onDone } = props
  const { organization, workspace } = path
  const [name, setName] = useState(annotation?.name ?? '')
  const [score, setScore] = useState(annotation?.score == null ? '' : String(annotation.score))
  const [label, setLabel] = useState(annotation?.label ?? '')
  const [note, setNote] = useState(annotation?.note ?? '')
  const listId = useId()
  const create = useAct<annotationFormCreateMutation>(graphql`
    mutation annotationFormCreateMutation($input: CreateAnnotationInput!) {
      createAnnotation(input: $input) {
        annotation {
          id
        }
      }
    }
  `)
  const update = useAct<annotationFormUpdateMutation>(graphql`
    mutation annotationFormUpdateMutation($input: UpdateAnnotationInput!) {
      updateAnnotation(input: $input) {
        annotation {
          id
        }
      }
    }
  `)
  const isScore = score.trim() === '' || decimal.test(score.trim())
  const saysSomething = [score, label, note].some((text) => text.trim() !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = {
      organization,
      workspace,
      id,
      score: orNull(score),
      label: orNull(label),
      note: orNull(note),
    }
    const done = () => {
      onClose()
      onDone()
    }
    if (annotation !== null) update.act({ ...said, annotationId: annotation.uuid }, done)
    else create.act({ ...said, name: name.trim(), messageId, source: 'PERSON' }, done)
  }
  const failure = create.failure ?? update.failure
  return (
    <DialogFrame title={title} isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      {() => (
        <form className={dialog.form} onSubmit={submit}>
          <TextField
            value={name}
            onChange={setName}
            isReadOnly={annotation !== null}
            autoFocus={annotation === null}
            isRequired
            className={dialog.field ?? ''}
          >
            <Label>What is judged</Label>
            <Input
              className="field"
              list={listId}
              placeholder="helpfulness"
              autoComplete="off"
              maxLength={100}
            />
          </TextField>
          <datalist id={listId}>
            {names.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
          <div className={styles.pair}>
            <TextField value={score} onChange={setScore} isInvalid={!isScore} className={dialog.field ?? ''}>
              <Label>Score</Label>
              <Input className="field number" inputMode="decimal" placeholder="0.75" autoComplete="off" />
            </TextField>
            <TextField value={label} onChange={setLabel} className={dialog.field ?? ''}>
              <Label>Label</Label>
              <Input className="field" placeholder="good" autoComplete="off" maxLength={256} />
            </TextField>
          </div>
          {!isScore && <p role="alert">A score is a decimal number, such as 0.75.</p>}
          <TextField value={note} onChange={setNote} className={dialog.field ?? ''}>
            <Label>Note</Label>
            <TextArea className={`field ${styles.text}`} rows={4} maxLength={10_000} />
          </TextField>
          {failure !== null && <Failure error={failure} />}
          <Choices>
            <Button className="button" onPress={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              className="button primary"
              isDisabled={create.isBusy || update.isBusy || name.trim() === '' || !isScore || !saysSomething}
            >
              {annotation === null ? 'Add' : 'Save'}
            </Button>
          </Choices>
        </form>
      )}
    </DialogFrame>
  )
}
