interface Act {
  /** Of `src/domain/acting/permissions.ts`; null for what no mutation does. */
  permission: string | null
  describe: string
}

/** Everything that is done by a permission and leaves an entry of the audit; each permission that writes has its acts here. */
export const acts = {
  create_session: { permission: 'session:save', describe: 'A session was made.' },
  save_session: { permission: 'session:save', describe: 'A stored session was saved again and changed.' },
  update_session: { permission: 'session:update', describe: 'A session was changed by its owner.' },
  annotate_session: {
    permission: 'session:annotate',
    describe: 'Title or labels of a session were set by a writer of its workspace.',
  },
  label_session: {
    permission: 'session:annotate',
    describe: 'Labels were added to a session or taken away.',
  },
  move_session: { permission: 'session:update', describe: 'A session was put into a project or group.' },
  archive_session: { permission: 'session:archive', describe: 'A session was archived.' },
  unarchive_session: {
    permission: 'session:archive',
    describe: 'A session was brought back from the archive.',
  },
  freeze_session: { permission: 'session:freeze', describe: 'A session was frozen.' },
  share_session: { permission: 'session:share', describe: 'A session was shared with its workspace.' },
  delete_session: { permission: 'session:delete', describe: 'A session was deleted with its transcript.' },
  pin_session: { permission: 'session:pin', describe: 'A user pinned a session.' },
  unpin_session: { permission: 'session:pin', describe: 'A user took a pin from a session.' },
  append_messages: { permission: 'transcript:write', describe: 'Messages were appended to a transcript.' },
  compact_transcript: {
    permission: 'transcript:write',
    describe: 'The beginning of a transcript was replaced by a summary.',
  },
  rewind_transcript: { permission: 'transcript:write', describe: 'The end of a transcript was deleted.' },
  take_back_messages: {
    permission: 'session:import',
    describe: 'An importer deleted the end of a transcript to bring it anew.',
  },
  start_turn: { permission: 'transcript:write', describe: 'A turn of a session began.' },
  end_turn: { permission: 'transcript:write', describe: 'A turn of a session ended.' },
  cancel_turn: { permission: 'session:annotate', describe: 'A turn of a session was cancelled.' },
  set_evaluation_ref: {
    permission: 'evaluation:refer',
    describe: 'The reference of a session to an evaluation was set or cleared.',
  },
  freeze_for_evaluation: {
    permission: 'evaluation:freeze',
    describe: 'A session was frozen on behalf of an evaluation.',
  },
  create_group: { permission: 'group:create', describe: 'A group of sessions was made.' },
  update_group: { permission: 'group:update', describe: 'A group of sessions was changed.' },
  create_project: { permission: 'project:create', describe: 'A project was made.' },
  update_project: { permission: 'project:update', describe: 'A project was changed.' },
  delete_project: { permission: 'project:delete', describe: 'A project was deleted.' },
  save_filter: { permission: 'filter:save', describe: 'A filter was saved, or changed, or shared.' },
  delete_filter: { permission: 'filter:edit', describe: 'A saved filter was deleted.' },
  create_annotation: { permission: 'annotation:create', describe: 'A session or a message was annotated.' },
  update_annotation: { permission: 'annotation:edit', describe: 'An annotation of a session was changed.' },
  delete_annotation: { permission: 'annotation:edit', describe: 'An annotation of a session was deleted.' },
  create_retention_rule: { permission: 'retention:manage', describe: 'A retention rule was made.' },
  update_retention_rule: { permission: 'retention:manage', describe: 'A retention rule was changed.' },
  delete_retention_rule: { permission: 'retention:manage', describe: 'A retention rule was taken away.' },
  expire_session: { permission: 'session:expire', describe: 'A session was deleted by a retention rule.' },
  erase_session: { permission: 'session:erase', describe: 'A session was erased with all of its user’s.' },
  create_key: { permission: 'key:create', describe: 'A key was made.' },
  approve_device_login: { permission: 'device:answer', describe: 'A program was let have a key of a user.' },
  deny_device_login: {
    permission: 'device:answer',
    describe: 'A program that asked for a key was denied one.',
  },
  create_organization: {
    permission: 'organization:create',
    describe: 'An organization was made by an operator.',
  },
  allow_reader: {
    permission: null,
    describe: 'A role of the database was let read, by the command line.',
  },
  refuse_reader: {
    permission: null,
    describe: 'A role of the database may read no more, by the command line.',
  },
  seed_sessions: {
    permission: null,
    describe: 'Made-up sessions were written, by the command line.',
  },
  sign_in: { permission: null, describe: 'A person signed in with a browser.' },
  set_member: { permission: 'member:set', describe: 'A user was given a role in a workspace.' },
  remove_member: { permission: 'member:remove', describe: 'A user’s role in a workspace was taken away.' },
  create_workspace: { permission: 'workspace:create', describe: 'A workspace was made.' },
  update_organization: {
    permission: 'organization:update',
    describe: 'Name or description of an organization was changed.',
  },
  update_workspace: {
    permission: 'workspace:update',
    describe: 'Name or description of a workspace was changed.',
  },
  revoke_key: { permission: 'key:revoke', describe: 'A key was revoked.' },
} as const satisfies Record<string, Act>

export type ActName = keyof typeof acts

export const actNames = Object.keys(acts) as ActName[]

/** Whether what an act is done to is a session; else it is what the permission names, such as a key. */
export function isOfSession(act: ActName): boolean {
  return /^(session|transcript|evaluation|annotation):/.test(acts[act].permission ?? '')
}

/** Whether an act changes who may enter what, or what that is called. */
export function isOfAccess(act: ActName): boolean {
  return /^(key|member|organization|workspace):/.test(acts[act].permission ?? '')
}
