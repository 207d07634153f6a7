import { isObjectType } from 'graphql'
import { schema } from '../../src/graphql/schema.js'

export interface BoundedList {
  parent: string
  field: string
  most: number
  usual: number
}

/** Every list that says how long its pages are. */
export const boundedLists: BoundedList[] = Object.values(schema.getTypeMap()).flatMap((type) =>
  !isObjectType(type)
    ? []
    : Object.values(type.getFields()).flatMap((field) => {
        const first = field.args.find(({ name }) => name === 'first')
        const said = `${field.description} ${first?.description}`.replaceAll(',', '')
        const bounds =
          /: (?<usual>\d+) a page up to (?<most>\d+)/.exec(said) ??
          /up to (?<most>\d+) rows a page (?<usual>\d+) unless asked/.exec(said) ??
          /: 0 to (?<most>\d+); absent means (?<usual>\d+)/.exec(said)
        if (first === undefined || !bounds?.groups) return []
        const { most, usual } = bounds.groups
        return [{ parent: type.name, field: field.name, most: Number(most), usual: Number(usual) }]
      }),
)
