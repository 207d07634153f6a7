import type { SessionPage } from '../../domain/listing/list.js'
import { builder } from '../schema/builder.js'
import { numberedPage } from '../schema/numbered-page.js'
import { SessionType } from './session.js'

export const SessionSliceType = builder.objectRef<SessionPage>('SessionSlice').implement({
  description: 'A page of sessions by offset.',
  fields: (t) => ({
    total: t.member('total', 'NonNegativeInt', 'Matches over all pages, from the same snapshot.'),
    nodes: t.member('rows', [SessionType], 'The sessions of this page.'),
  }),
})

export const SessionPageType = numberedPage(
  'SessionPage',
  SessionType,
  'session',
  'A page of sessions by number.',
)
