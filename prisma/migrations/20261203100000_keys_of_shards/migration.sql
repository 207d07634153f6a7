-- A change of a key follows into no other row: keys never change, and a sharded table cannot say otherwise of its organization.
-- Each pair is one step, so that rows are looked through once.

ALTER TABLE "workspaces" DROP CONSTRAINT "workspaces_organization_id_fkey",
    ADD CONSTRAINT "workspaces_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "workspace_members" DROP CONSTRAINT "workspace_members_organization_id_workspace_id_fkey",
    ADD CONSTRAINT "workspace_members_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "workspace_members" DROP CONSTRAINT "workspace_members_user_id_fkey",
    ADD CONSTRAINT "workspace_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "projects" DROP CONSTRAINT "projects_organization_id_workspace_id_fkey",
    ADD CONSTRAINT "projects_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_organization_id_fkey",
    ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_user_id_fkey",
    ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "sessions" DROP CONSTRAINT "sessions_organization_id_workspace_id_fkey",
    ADD CONSTRAINT "sessions_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "messages" DROP CONSTRAINT "messages_organization_id_session_id_fkey",
    ADD CONSTRAINT "messages_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "tool_links" DROP CONSTRAINT "tool_links_organization_id_session_id_seq_fkey",
    ADD CONSTRAINT "tool_links_organization_id_session_id_seq_fkey" FOREIGN KEY ("organization_id", "session_id", "seq") REFERENCES "messages"("organization_id", "session_id", "seq") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "segments" DROP CONSTRAINT "segments_organization_id_session_id_fkey",
    ADD CONSTRAINT "segments_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "pins" DROP CONSTRAINT "pins_organization_id_session_id_fkey",
    ADD CONSTRAINT "pins_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "session_groups" DROP CONSTRAINT "session_groups_organization_id_workspace_id_fkey",
    ADD CONSTRAINT "session_groups_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "saved_filters" DROP CONSTRAINT "saved_filters_organization_id_workspace_id_fkey",
    ADD CONSTRAINT "saved_filters_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "saved_filters" DROP CONSTRAINT "saved_filters_owner_id_fkey",
    ADD CONSTRAINT "saved_filters_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- What is unique in a sharded table names the organization.
ALTER TABLE "message_blocks_due" DROP CONSTRAINT "message_blocks_due_pkey",
    ADD CONSTRAINT "message_blocks_due_pkey" PRIMARY KEY ("organization_id", "id");
