import type { ObjectRef } from '@pothos/core'
import { builder, type Types } from './builder.js'

interface NumberedPage<Row> {
  rows: readonly Row[]
  /** Over all pages, from the same snapshot as the rows. */
  total: number
  page: number
  limit: number
}

/** The type of a page by number, of what `noun` is one of: `session`. */
export function numberedPage<Row>(
  name: string,
  type: ObjectRef<Types, Row>,
  noun: string,
  description: string,
) {
  const totalPages = ({ total, limit }: NumberedPage<Row>) => Math.ceil(total / limit)
  return builder.objectRef<NumberedPage<Row>>(name).implement({
    description,
    fields: (t) => ({
      total: t.member('total', 'NonNegativeInt', `Matching ${noun}s over all pages, from the same snapshot.`),
      page: t.member('page', 'PositiveInt', 'The number of this page; the first is 1.'),
      limit: t.member('limit', 'PositiveInt', `How many ${noun}s a full page has.`),
      totalPages: t.field({
        type: 'NonNegativeInt',
        description: `The number of pages; 0 without a ${noun}.`,
        resolve: totalPages,
      }),
      hasNextPage: t.boolean({
        description: 'Whether a page follows.',
        resolve: (page) => page.page < totalPages(page),
      }),
      hasPreviousPage: t.boolean({
        description: `Whether a page comes before and there is any ${noun}.`,
        resolve: ({ page, total }) => page > 1 && total > 0,
      }),
      nodes: t.member('rows', [type], `The ${noun}s of this page.`),
    }),
  })
}

/** Which page of things is asked for, and how many of them it has. */
export const pageNumberArgs = (noun: string) =>
  builder.args((t) => ({
    page: t.field({
      type: 'PositiveInt',
      required: true,
      defaultValue: 1,
      description: 'Number of the page: 1 to 1,000,000.',
    }),
    limit: t.field({
      type: 'PositiveInt',
      required: true,
      defaultValue: 20,
      description: `${noun[0]?.toUpperCase()}${noun.slice(1)}s a page: 1 to 100.`,
    }),
  }))
