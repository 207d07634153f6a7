import { createProject } from '../../domain/project/create.js'
import { deleteProject } from '../../domain/project/delete.js'
import { updateProject } from '../../domain/project/update.js'
import { payload } from '../schema/payload.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { ProjectType } from './project.js'

const keyOf = { required: true, description: 'Key or uuid of the project.' } as const

workspaceMutation('createProject', {
  description: 'Creates a project of a workspace, which takes the role WRITE.',
  inputs: (t) => ({
    name: t.required('String', 'The name for people: 1 to 255 characters.'),
    slug: t.optional(
      'String',
      'The key: up to 63 lower-case letters, digits and hyphens, no uuid, unique in the workspace; absent and null make it from the name.',
    ),
    description: t.optional('String', 'What it is for; up to 2,000 characters.'),
  }),
  act: ({ store, viewer, access }, input) => createProject(store, viewer, access, input),
  outputs: payload('project', ProjectType, 'The project, new.'),
})

workspaceMutation('updateProject', {
  description:
    'Changes name and description of a project, which takes the role WRITE; its key stays, and so do absent members.',
  inputs: (t) => ({
    project: t.string(keyOf),
    name: t.optional('String', 'The name for people: 1 to 255 characters; null leaves it.'),
    description: t.optional('String', 'What it is for; up to 2,000 characters. Null clears it.'),
  }),
  act: ({ store, viewer, access }, { project, ...input }) =>
    updateProject(store, viewer, access, project, input),
  outputs: payload('project', ProjectType, 'The project as stored now.'),
})

workspaceMutation('deleteProject', {
  description:
    'Deletes a project that no session and no group belongs to, which takes the role ADMIN; the project `default` stays.',
  inputs: (t) => ({ project: t.string(keyOf) }),
  act: ({ store, viewer, access }, { project }) => deleteProject(store, viewer, access, project),
  outputs: (t) => ({
    deletedId: t.globalID({
      description: 'Global id of the project that is gone.',
      resolve: ({ organizationId, id }) => ({ type: 'Project', id: `${organizationId}/${id}` }),
    }),
    deletedUuid: t.member('id', 'UUID', 'Uuid of the project that is gone.'),
  }),
})
