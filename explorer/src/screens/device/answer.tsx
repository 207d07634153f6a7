import { useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql } from 'react-relay'
import type { answerQuery } from '../../__generated__/answerQuery.graphql'
import { useQuery } from '../../gateway/use-query'
import { Failure } from '../../parts/failure-boundary'
import styles from './device-screen.module.css'
import { LoginFacts } from './login-facts'
import { useAnswer } from './use-answer'

interface AnswerProps {
  code: string
  /** Asks for another code. */
  onOther: () => void
}

/** Who asks for a key, and the two answers. */
export function Answer({ code, onOther }: AnswerProps) {
  const [done, setDone] = useState<'approved' | 'denied' | null>(null)
  const { approve, deny, failure, isBusy } = useAnswer(code, setDone)
  const { deviceLogin, viewer } = useQuery<answerQuery>(
    graphql`
      query answerQuery($userCode: String!) {
        viewer {
          user {
            login
          }
        }
        deviceLogin(userCode: $userCode) {
          ...loginFacts_login
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
