import type { InputShapeFromTypeParam } from '@pothos/core'
import { defaultSessionOrder, type SessionOrder } from '../../domain/listing/order.js'
import { builder } from '../schema/builder.js'
import { SessionSortFieldType, SortDirectionType } from '../schema/enums.js'
import { filterArgs } from './filter-input.js'

const SessionOrderInput = builder.inputType('SessionOrder', {
  description: 'An order of sessions.',
  fields: (t) => ({
    field: t.required(SessionSortFieldType, 'What to order by.'),
    direction: t.field({
      type: SortDirectionType,
      required: true,
      defaultValue: 'DESC',
      description: 'Which end comes first.',
    }),
    annotation: t.optional(
      'String',
      'For ANNOTATION_SCORE: the name of the annotations whose scores count; absent or null in every other order.',
    ),
  }),
})

/** What every list of sessions takes. */
export const listArgs = {
  ...filterArgs,
  ...builder.args((t) => ({
    orderBy: t.optional(SessionOrderInput, 'Their order; by update, newest first, unless given.'),
  })),
}

type OrderShape = InputShapeFromTypeParam<
  (typeof builder)['$inferSchemaTypes'],
  typeof SessionOrderInput,
  false
>

/** The order that an input stands for; none is the usual one. */
export function readOrder(input: OrderShape): SessionOrder {
  return input ?? defaultSessionOrder
}
