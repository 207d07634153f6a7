import frameQuery from './__generated__/frameQuery.graphql'
import { askAhead, type Question } from './gateway/ahead'
import { readCaller } from './gateway/key'
import { pageOpenedAt } from './parts/moment'
import { isDevicePage } from './screens/device/page'
import { viewQuestions } from './screens/sessions/view-questions'
import { readAddress } from './view/address'
import { readPath } from './view/path'

/** Asks for what the first screen shows while the scripts that show it are on their way; ends when all is answered. */
export async function askFirst(): Promise<void> {
  if (readCaller() === null || isDevicePage()) return
  const asked: Question[] = [[frameQuery.params, {}]]
  const path = readPath(location.pathname)
  if (path?.screen === 'sessions')
    asked.push(...viewQuestions(path, readAddress(new URLSearchParams(location.search)), pageOpenedAt))
  await Promise.all(asked.map((question) => askAhead(...question)))
}
