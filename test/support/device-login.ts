import type { Store } from '../../src/db/sql.js'
import { approveLogin } from '../../src/domain/device/approve.js'
import { beginLogin, exchangeDeviceCode } from '../../src/domain/device/login.js'
import { findViewer } from '../../src/domain/tenancy/api-key.js'

/** A login that a program begins somewhere. */
export const beginTestLogin = (store: Store) =>
  beginLogin(store, { face: 'dreadnode', address: null, userAgent: 'a program' })

/** A login that whoever holds the key has approved; gives its code. */
export async function approvedLogin(store: Store, key: string): Promise<string> {
  const { deviceCode, userCode } = await beginTestLogin(store)
  const found = await findViewer(store, key)
  if (found.state !== 'valid') throw new Error('A key that is not valid approves nothing')
  await approveLogin(store, found.viewer, userCode)
  return deviceCode
}

/** The token of such a login. */
export async function deviceToken(store: Store, key: string): Promise<string> {
  return (await exchangeDeviceCode(store, await approvedLogin(store, key))).accessToken
}
