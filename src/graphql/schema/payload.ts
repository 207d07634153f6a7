import type { FieldMap, ObjectRef } from '@pothos/core'
import type { Outputs, Types } from './builder.js'

/** The answer of a mutation that is one thing alone, under this name. */
export function payload<Shape extends object>(
  name: string,
  type: ObjectRef<Types, Shape>,
  description: string,
): (t: Outputs<Shape>) => FieldMap
export function payload(name: string, type: ObjectRef<Types, object>, description: string) {
  return (t: Outputs<object>): FieldMap => ({
    [name]: t.field({ type, description, resolve: (whole) => whole }),
  })
}
