import {
  type CompatibleTypes,
  type FieldKind,
  type FieldRef,
  InputFieldBuilder,
  type InputOrArgRef,
  type InputShapeFromTypeParam,
  type InputType,
  RootFieldBuilder,
  type SchemaTypes,
  type ShapeFromTypeParam,
  type TypeParam,
} from '@pothos/core'

declare global {
  export namespace PothosSchemaTypes {
    interface RootFieldBuilder<Types extends SchemaTypes, ParentShape, Kind extends FieldKind = FieldKind> {
      /** A member of the object as it is. */
      member<Type extends TypeParam<Types>, Name extends CompatibleTypes<Types, ParentShape, Type, false>>(
        name: Name,
        type: Type,
        description: string,
      ): FieldRef<Types, ShapeFromTypeParam<Types, Type, false>, Kind>
      /** A member of the object as it is, which may be null. */
      memberOrNull<
        Type extends TypeParam<Types>,
        Name extends CompatibleTypes<Types, ParentShape, Type, true>,
      >(
        name: Name,
        type: Type,
        description: string,
      ): FieldRef<Types, ShapeFromTypeParam<Types, Type, true>, Kind>
    }

    interface InputFieldBuilder<Types extends SchemaTypes, Kind extends keyof InputFieldOptionsByKind> {
      /** What must be given. */
      required<Type extends InputType<Types> | [InputType<Types>]>(
        type: Type,
        description: string,
      ): InputOrArgRef<Types, InputShapeFromTypeParam<Types, Type, true>, Kind>
      /** What may be left out, or null. */
      optional<Type extends InputType<Types> | [InputType<Types>]>(
        type: Type,
        description: string,
      ): InputOrArgRef<Types, InputShapeFromTypeParam<Types, Type, false>, Kind>
    }
  }
}

type Build = (...options: unknown[]) => unknown

const outputs: Record<string, unknown> = RootFieldBuilder.prototype
for (const [method, nullable] of Object.entries({ member: false, memberOrNull: true }))
  outputs[method] = function (this: { expose: Build }, name: string, type: unknown, description: string) {
    return this.expose(name, { type, nullable, description })
  }

const inputs: Record<string, unknown> = InputFieldBuilder.prototype
for (const [method, required] of Object.entries({ required: true, optional: false }))
  inputs[method] = function (this: { field: Build }, type: unknown, description: string) {
    return this.field({ type, required, description })
  }
