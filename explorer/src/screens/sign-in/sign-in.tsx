import { type FormEvent, useState } from 'react'
import { Button, Checkbox, Input, Label, TextField } from 'react-aria-components'
import { holdKey, wasRefused } from '../../gateway/key'
import { readMeta } from '../../gateway/meta'
import styles from './sign-in.module.css'

const demoKey = readMeta('demo-key')
/** The command that makes the first key; empty once somebody has one. */
const firstKey = readMeta('first-key')

/** Where people sign in; empty where they do not. */
const signInPath = readMeta('sign-in')

/** Offers to sign in where people do, and takes an API key where none is held; a demo gateway fills one in. */
export default function SignIn() {
  // A demo's key that was refused is no help.
  const [key, setKey] = useState(wasRefused() ? '' : demoKey)
  const [remember, setRemember] = useState(true)
  const enter = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() !== '') holdKey(key.trim(), remember)
  }
  return (
    <main className={styles.page}>
      <form className={styles.form} onSubmit={enter}>
        <h1>Session Gateway</h1>
        {wasRefused() && (
          <p role="alert" className="failure">
            The gateway does not know this key or sign-in. It may have ended, or been revoked.
          </p>
        )}
        {signInPath !== '' && (
          <a
            className="button primary"
            href={`${signInPath}?return=${encodeURIComponent(location.pathname + location.search)}`}
          >
            Sign in
          </a>
        )}
        <TextField
          value={key}
          onChange={setKey}
          autoFocus={signInPath === ''}
          type="password"
          className={styles.field ?? ''}
        >
          <Label>API key</Label>
          <Input className="field" autoComplete="off" spellCheck={false} />
        </TextField>
        <Checkbox isSelected={remember} onChange={setRemember} className={styles.remember ?? ''}>
          <span className={styles.box} aria-hidden="true" />
          Remember it in this tab
        </Checkbox>
        <Button type="submit" className={signInPath === '' ? 'button primary' : 'button'}>
          Open
        </Button>
        <p className="muted">
          <WhereKeysComeFrom /> The key stays in this tab and never stands in an address.
        </p>
      </form>
    </main>
  )
}

function WhereKeysComeFrom() {
  if (demoKey !== '') return 'This is a demo; its key is filled in.'
  if (firstKey === '')
    return (
      <>
        Keys are made by <code>session-gateway keys create</code>.
      </>
    )
  return (
    <>
      Nobody has a key yet. The first is made where the gateway runs: <code>{firstKey}</code>
    </>
  )
}
