import { type FormEvent, useState } from 'react'
import { Button, Checkbox, Input, Label, TextField } from 'react-aria-components'
import { holdKey } from '../../gateway/key'
import styles from './sign-in.module.css'

const demoKey = document.querySelector<HTMLMetaElement>('meta[name="demo-key"]')?.content ?? ''

/** Takes an API key where none is held; a demo gateway fills one in. */
export function SignIn() {
  const [key, setKey] = useState(demoKey)
  const [remember, setRemember] = useState(true)
  const enter = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() !== '') holdKey(key.trim(), remember)
  }
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={enter}>
        <h1>Session Gateway</h1>
        <TextField value={key} onChange={setKey} autoFocus type="password" className={styles.field ?? ''}>
          <Label>API key</Label>
          <Input className="field" autoComplete="off" spellCheck={false} />
        </TextField>
        <Checkbox isSelected={remember} onChange={setRemember} className={styles.remember ?? ''}>
          <span className={styles.box} aria-hidden="true" />
          Remember it in this tab
        </Checkbox>
        <Button type="submit" className="button primary">
          Open
        </Button>
        <p className="muted">
          {demoKey === '' ? (
            <>
              Keys are made by <code>session-gateway keys create</code>.
            </>
          ) : (
            'This is a demo; its key is filled in.'
          )}{' '}
          The key stays in this tab and never stands in an address.
        </p>
      </form>
    </main>
  )
}
