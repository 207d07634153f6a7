import type { SessionPage } from '../../domain/listing/list.js'
import { builder } from '../schema/builder.js'
import { SessionType } from './session.js'

const SessionSliceRef = builder.objectRef<SessionPage>('SessionSlice')

export const SessionSliceType = SessionSliceRef.implement({
  description: 'A page of sessions by offset.',
  fields: (t) => ({
    total: t.expose('total', {
      type: 'NonNegativeInt',
      description: 'Matches over all pages, from the same snapshot.',
    }),
    nodes: t.field({
      type: [SessionType],
      description: 'The sessions of this page.',
      resolve: ({ rows }) => rows,
    }),
  }),
})

export interface NumberedPage extends SessionPage {
  page: number
  limit: number
}

const totalPages = ({ total, limit }: NumberedPage) => Math.ceil(total / limit)

export const SessionPageType = builder.objectRef<NumberedPage>('SessionPage').implement({
  description: 'A page of sessions by number.',
  fields: (t) => ({
    total: t.expose('total', {
      type: 'NonNegativeInt',
      description: 'Matches over all pages, from the same snapshot.',
    }),
    page: t.expose('page', { type: 'PositiveInt', description: 'The number of this page; the first is 1.' }),
    limit: t.expose('limit', { type: 'PositiveInt', description: 'How many sessions a full page has.' }),
    totalPages: t.field({
      type: 'NonNegativeInt',
      description: 'The number of pages; 0 without a match.',
      resolve: totalPages,
    }),
    hasNextPage: t.boolean({
      description: 'Whether a page follows.',
      resolve: (page) => page.page < totalPages(page),
    }),
    hasPreviousPage: t.boolean({
      description: 'Whether a page comes before and anything matches.',
      resolve: ({ page, total }) => page > 1 && total > 0,
    }),
    nodes: t.field({
      type: [SessionType],
      description: 'The sessions of this page.',
      resolve: ({ rows }) => rows,
    }),
  }),
})
