import { type FormEvent, Suspense, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import signIn from '../sign-in/sign-in.module.css'
import { Answer } from './answer'
import styles from './device-screen.module.css'
import { codeOfAddress } from './page'

/** Where a person lets a program have a key: by the code that it shows, after reading who asks for what. */
export default function DeviceScreen() {
  const [code, setCode] = useState(codeOfAddress())
  const [asked, setAsked] = useState(codeOfAddress())
  const look = (event: FormEvent) => {
    event.preventDefault()
    setAsked(code.trim())
  }
  return (
    <main className={signIn.page} aria-label="Log a program in">
      <div className={`${signIn.form} ${styles.wide}`}>
        <h1>Log a program in</h1>
        {asked === '' ? (
          <form className={styles.code} onSubmit={look}>
            <TextField value={code} onChange={setCode} autoFocus>
              <Label>Code that the program shows</Label>
              <Input className="field number" autoComplete="off" spellCheck={false} placeholder="BCDF-GHJK" />
            </TextField>
            <Button type="submit" className="button primary" isDisabled={code.trim() === ''}>
              Continue
            </Button>
          </form>
        ) : (
          <FailureBoundary>
            <Suspense fallback={<Loading what="the login" />}>
              <Answer code={asked} onOther={() => setAsked('')} />
            </Suspense>
          </FailureBoundary>
        )}
      </div>
    </main>
  )
}
