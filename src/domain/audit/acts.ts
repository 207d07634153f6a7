/** Of a permission of `src/domain/acting/permissions.ts`, null for what no mutation does, and in words. */
const act = (permission: string | null, describe: string) => ({ permission, describe })

/** Everything that is done by a permission and leaves an entry of the audit; each permission that writes has its acts here. */
export const acts = {
  create_session: act('session:save', 'A session was made.'),
  save_session: act('session:save', 'A stored session was saved again and changed.'),
  update_session: act('session:update', 'A session was changed by its owner.'),
  annotate_session: act(
    'session:annotate',
    'Title or labels of a session were set by a writer of its workspace.',
  ),
  label_session: act('session:annotate', 'Labels were added to a session or taken away.'),
  move_session: act('session:update', 'A session was put into a project or group.'),
  archive_session: act('session:archive', 'A session was archived.'),
  unarchive_session: act('session:archive', 'A session was brought back from the archive.'),
  freeze_session: act('session:freeze', 'A session was frozen.'),
  share_session: act('session:share', 'A session was shared with its workspace.'),
  delete_session: act('session:delete', 'A session was deleted with its transcript.'),
  pin_session: act('session:pin', 'A user pinned a session.'),
  unpin_session: act('session:pin', 'A user took a pin from a session.'),
  append_messages: act('transcript:write', 'Messages were appended to a transcript.'),
  compact_transcript: act('transcript:write', 'The beginning of a transcript was replaced by a summary.'),
  rewind_transcript: act('transcript:write', 'The end of a transcript was deleted.'),
  take_back_messages: act('session:import', 'An importer deleted the end of a transcript to bring it anew.'),
  start_turn: act('transcript:write', 'A turn of a session began.'),
  end_turn: act('transcript:write', 'A turn of a session ended.'),
  cancel_turn: act('session:annotate', 'A turn of a session was cancelled.'),
  set_evaluation_ref: act(
    'evaluation:refer',
    'The reference of a session to an evaluation was set or cleared.',
  ),
  freeze_for_evaluation: act('evaluation:freeze', 'A session was frozen on behalf of an evaluation.'),
  create_group: act('group:create', 'A group of sessions was made.'),
  update_group: act('group:update', 'A group of sessions was changed.'),
  create_project: act('project:create', 'A project was made.'),
  update_project: act('project:update', 'A project was changed.'),
  delete_project: act('project:delete', 'A project was deleted.'),
  save_filter: act('filter:save', 'A filter was saved, or changed, or shared.'),
  delete_filter: act('filter:edit', 'A saved filter was deleted.'),
  create_annotation: act('annotation:create', 'A session or a message was annotated.'),
  update_annotation: act('annotation:edit', 'An annotation of a session was changed.'),
  delete_annotation: act('annotation:edit', 'An annotation of a session was deleted.'),
  create_retention_rule: act('retention:manage', 'A retention rule was made.'),
  update_retention_rule: act('retention:manage', 'A retention rule was changed.'),
  delete_retention_rule: act('retention:manage', 'A retention rule was taken away.'),
  expire_session: act('session:expire', 'A session was deleted by a retention rule.'),
  erase_session: act('session:erase', 'A session was erased with all of its user’s.'),
  create_key: act('key:create', 'A key was made.'),
  approve_device_login: act('device:answer', 'A program was let have a key of a user.'),
  deny_device_login: act('device:answer', 'A program that asked for a key was denied one.'),
  create_organization: act('organization:create', 'An organization was made by an operator.'),
  allow_reader: act(null, 'A role of the database was let read, by the command line.'),
  refuse_reader: act(null, 'A role of the database may read no more, by the command line.'),
  seed_sessions: act(null, 'Made-up sessions were written, by the command line.'),
  sign_in: act(null, 'A person signed in with a browser.'),
  set_member: act('member:set', 'A user was given a role in a workspace.'),
  remove_member: act('member:remove', 'A user’s role in a workspace was taken away.'),
  create_workspace: act('workspace:create', 'A workspace was made.'),
  update_organization: act('organization:update', 'Name or description of an organization was changed.'),
  update_workspace: act('workspace:update', 'Name or description of a workspace was changed.'),
  revoke_key: act('key:revoke', 'A key was revoked.'),
}

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
