import { type FormEvent, Suspense, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import type { deviceScreen_login$key } from '../../__generated__/deviceScreen_login.graphql'
import type { deviceScreenApproveMutation } from '../../__generated__/deviceScreenApproveMutation.graphql'
import type { deviceScreenDenyMutation } from '../../__generated__/deviceScreenDenyMutation.graphql'
import type { deviceScreenQuery } from '../../__generated__/deviceScreenQuery.graphql'
import { since } from '../../format'
import { useQuery } from '../../gateway/use-query'
import { Failure, FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import { useAct } from '../../parts/use-act'
import signIn from '../sign-in/sign-in.module.css'
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

interface AnswerProps {
  code: string
  /** Asks for another code. */
  onOther: () => void
}

/** Who asks for a key, and the two answers. */
function Answer({ code, onOther }: AnswerProps) {
  const [done, setDone] = useState<'approved' | 'denied' | null>(null)
  const { approve, deny, failure, isBusy } = useAnswer(code, setDone)
  const { deviceLogin, viewer } = useQuery<deviceScreenQuery>(
    graphql`
      query deviceScreenQuery($userCode: String!) {
        viewer {
          user {
            login
          }
        }
        deviceLogin(userCode: $userCode) {
          ...deviceScreen_login
        }
      }
    `,
    { userCode: code },
    { fetchPolicy: 'store-or-network' },
  )
  if (done !== null)
    return (
      <p role="status">
        {done === 'approved'
          ? 'The program has been logged in. You can close this page.'
          : 'The program gets no key. You can close this page.'}
      </p>
    )
  if (deviceLogin == null)
    return (
      <div className={styles.answer}>
        <p>No login with the code {code} waits for an answer. It may be over: each waits for ten minutes.</p>
        <Button className="button" onPress={onOther}>
          Enter another code
        </Button>
      </div>
    )
  return (
    <div className={styles.answer}>
      <p>
        A program wants a key with which it acts as <strong>{viewer?.user?.login ?? 'you'}</strong>. It must
        show this code:
      </p>
      <code className={styles.shown}>{code.toUpperCase()}</code>
      <LoginFacts login={deviceLogin} />
      <p>
        <strong>Did you start it yourself, just now?</strong> If somebody sent you this link or this code,
        deny: whoever they are would read and write your sessions.
      </p>
      {failure !== null && <Failure error={failure} />}
      <div className={styles.choices}>
        <Button className="button" isDisabled={isBusy} onPress={deny}>
          Deny
        </Button>
        <Button className="button primary" isDisabled={isBusy} onPress={approve}>
          I started it: approve
        </Button>
      </div>
    </div>
  )
}

/** Who asks for a key, from where, since when, and what for. */
function LoginFacts({ login }: { login: deviceScreen_login$key }) {
  const now = useNow()
  const { userAgent, address, isFromHere, scopes, createdAt } = useFragment(
    graphql`
      fragment deviceScreen_login on DeviceLogin {
        userAgent
        address
        isFromHere
        scopes
        createdAt
      }
    `,
    login,
  )
  return (
    <>
      <dl className={styles.facts}>
        <dt>calls itself</dt>
        <dd dir="auto">{userAgent == null ? 'nothing' : visibleName(userAgent)}</dd>
        <dt>asks from</dt>
        <dd>{address ?? 'an unknown address'}</dd>
        <dt>asked</dt>
        <dd>
          <Time at={createdAt}>{since(createdAt, now)}</Time>
        </dd>
        <dt>its key</dt>
        <dd>
          {scopes.join(', ')}, in every workspace that you may enter with what you use here; for 90 days at
          most
        </dd>
      </dl>
      {isFromHere === false && (
        <p role="alert">
          It asks from another address than yours. Deny, unless it runs on a machine of yours.
        </p>
      )}
    </>
  )
}

/** The two answers to a login; `onDone` is told which one the gateway took. */
function useAnswer(userCode: string, onDone: (answer: 'approved' | 'denied') => void) {
  const approval = useAct<deviceScreenApproveMutation>(graphql`
    mutation deviceScreenApproveMutation($input: ApproveDeviceLoginInput!) {
      approveDeviceLogin(input: $input) {
        isApproved
      }
    }
  `)
  const denial = useAct<deviceScreenDenyMutation>(graphql`
    mutation deviceScreenDenyMutation($input: DenyDeviceLoginInput!) {
      denyDeviceLogin(input: $input) {
        isDenied
      }
    }
  `)
  return {
    approve: () => approval.act({ userCode }, () => onDone('approved')),
    deny: () => denial.act({ userCode }, () => onDone('denied')),
    failure: approval.failure ?? denial.failure,
    isBusy: approval.isBusy || denial.isBusy,
  }
}
