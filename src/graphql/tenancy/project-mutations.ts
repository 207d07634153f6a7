import { createProject } from '../../domain/project/create.js'
import { deleteProject } from '../../domain/project/delete.js'
import { updateProject } from '../../domain/project/update.js'
import { builder } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { workspaceFields } from '../schema/references.js'
import { ProjectType } from './project.js'

const keyOf = { required: true, description: 'Key or uuid of the project.' } as const

builder.relayMutationField(
  'createProject',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      name: t.string({ required: true, description: 'The name for people: 1 to 255 characters.' }),
      slug: t.string({
        description:
          'The key: up to 63 lower-case letters, digits and hyphens, no uuid, unique in the workspace; absent and null make it from the name.',
      }),
      description: t.string({ description: 'What it is for; up to 2,000 characters.' }),
    }),
  },
  {
    description: 'Creates a project of a workspace, which takes the role WRITE.',
    resolve: async (_root, { input: { organization, workspace, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return createProject(context.store, viewer, await enter({ organization, workspace }), input)
    },
  },
  { outputFields: payload('project', ProjectType, 'The project, new.') },
)

builder.relayMutationField(
  'updateProject',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      project: t.string(keyOf),
      name: t.string({ description: 'The name for people: 1 to 255 characters; null leaves it.' }),
      description: t.string({ description: 'What it is for; up to 2,000 characters. Null clears it.' }),
    }),
  },
  {
    description:
      'Changes name and description of a project, which takes the role WRITE; its key stays, and so do absent members.',
    resolve: async (_root, { input: { organization, workspace, project, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return updateProject(context.store, viewer, await enter({ organization, workspace }), project, input)
    },
  },
  { outputFields: payload('project', ProjectType, 'The project as stored now.') },
)

builder.relayMutationField(
  'deleteProject',
  { inputFields: (t) => ({ ...workspaceFields(t), project: t.string(keyOf) }) },
  {
    description:
      'Deletes a project that no session and no group belongs to, which takes the role ADMIN; the project `default` stays.',
    resolve: async (_root, { input: { organization, workspace, project } }, context) => {
      const { viewer, enter } = await context.caller()
      return deleteProject(context.store, viewer, await enter({ organization, workspace }), project)
    },
  },
  {
    outputFields: (t) => ({
      deletedId: t.globalID({
        description: 'Global id of the project that is gone.',
        resolve: ({ organizationId, id }) => ({ type: 'Project', id: `${organizationId}/${id}` }),
      }),
      deletedUuid: t.field({
        type: 'UUID',
        description: 'Uuid of the project that is gone.',
        resolve: ({ id }) => id,
      }),
    }),
  },
)
