import { graphql, useFragment } from 'react-relay'
import type { loginFacts_login$key } from '../../__generated__/loginFacts_login.graphql'
import { since } from '../../format'
import { useNow } from '../../parts/now'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import styles from './device-screen.module.css'

/** Who asks for a key, from where, since when, and what for. */
export function LoginFacts({ login }: { login: loginFacts_login$key }) {
  const now = useNow()
  const { userAgent, address, isFromHere, scopes, createdAt } = useFragment(
    graphql`
      fragment loginFacts_login on DeviceLogin {
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
