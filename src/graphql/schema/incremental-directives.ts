import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql'

const shared = {
  if: {
    type: new GraphQLNonNull(GraphQLBoolean),
    defaultValue: true,
    description: 'Whether it comes later; false leaves it in its place.',
  },
  label: { type: GraphQLString, description: 'A name for the part; unique in the document.' },
}

/** Declared here, so that `schema.graphql` tells clients of it; the server’s plugin validates its use. */
export const DeferDirective = new GraphQLDirective({
  name: 'defer',
  description: 'Answers the fragment in a part of its own, for a client that accepts answers in parts.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: shared,
})

export const StreamDirective = new GraphQLDirective({
  name: 'stream',
  description: 'Answers the rows of the list one after another, for a client that accepts answers in parts.',
  locations: [DirectiveLocation.FIELD],
  args: {
    ...shared,
    initialCount: {
      type: GraphQLInt,
      defaultValue: 0,
      description: 'How many rows come in the first part.',
    },
  },
})
