-- What happened to sessions lately, for those who listen: docs/architecture.md, Live events.

-- CreateEnum
CREATE TYPE "session_event_kind" AS ENUM ('created', 'updated', 'archived', 'unarchived', 'frozen', 'shared', 'messages_appended', 'deleted', 'hidden');

-- CreateTable
CREATE TABLE "session_events" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "xid" BIGINT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "session_id" UUID NOT NULL,
    "kind" "session_event_kind" NOT NULL,
    "audience" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_events_pkey" PRIMARY KEY ("organization_id","workspace_id","xid","seq")
);

-- Rows live for minutes: vacuum by their number, not by a share of the table.
ALTER TABLE "session_events" SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0
);

-- A row trigger, as Citus has no other. It only appends, so writers never wait for each other.
-- No foreign key: removing a workspace removes its sessions, which is told after the workspace is gone.
CREATE FUNCTION "tell_session_event"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    everyone CONSTANT UUID := '00000000-0000-0000-0000-000000000000';
    tx CONSTANT BIGINT := pg_current_xact_id()::text::bigint;
    audience_before UUID;
    audience_after UUID;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        audience_before := CASE OLD."visibility" WHEN 'workspace' THEN everyone ELSE OLD."owner_id" END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        INSERT INTO "session_events" ("organization_id", "workspace_id", "xid", "session_id", "kind", "audience", "at")
        VALUES (OLD."organization_id", OLD."workspace_id", tx, OLD."id", 'deleted', audience_before, clock_timestamp());
        RETURN NULL;
    END IF;
    audience_after := CASE NEW."visibility" WHEN 'workspace' THEN everyone ELSE NEW."owner_id" END;
    -- Whoever saw it and may not see it any more hears that it is gone.
    IF TG_OP = 'UPDATE' AND (
        (NEW."organization_id", NEW."workspace_id", NEW."id") IS DISTINCT FROM (OLD."organization_id", OLD."workspace_id", OLD."id")
        OR audience_after NOT IN (audience_before, everyone)
    ) THEN
        INSERT INTO "session_events" ("organization_id", "workspace_id", "xid", "session_id", "kind", "audience", "at")
        VALUES (OLD."organization_id", OLD."workspace_id", tx, OLD."id", 'hidden', audience_before, clock_timestamp());
    END IF;
    INSERT INTO "session_events" ("organization_id", "workspace_id", "xid", "session_id", "kind", "audience", "at")
    VALUES (NEW."organization_id", NEW."workspace_id", tx, NEW."id", (CASE
        WHEN TG_OP = 'INSERT' THEN 'created'
        WHEN NEW."visibility" = 'workspace' AND OLD."visibility" = 'private' THEN 'shared'
        WHEN NEW."frozen_at" IS NOT NULL AND OLD."frozen_at" IS NULL THEN 'frozen'
        WHEN NEW."archived_at" IS NOT NULL AND OLD."archived_at" IS NULL THEN 'archived'
        WHEN NEW."archived_at" IS NULL AND OLD."archived_at" IS NOT NULL THEN 'unarchived'
        WHEN NEW."last_message_at" > OLD."last_message_at"
            OR (NEW."last_message_at" IS NOT NULL AND OLD."last_message_at" IS NULL) THEN 'messages_appended'
        ELSE 'updated'
    END)::"session_event_kind", audience_after, clock_timestamp());
    RETURN NULL;
END
$$;

CREATE TRIGGER "tell_saved_or_deleted" AFTER INSERT OR DELETE ON "sessions" FOR EACH ROW EXECUTE FUNCTION "tell_session_event"();

CREATE TRIGGER "tell_changed" AFTER UPDATE ON "sessions" FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION "tell_session_event"();
