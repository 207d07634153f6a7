-- Session events are also the log by which gateways keep what they hold of sessions up to date: docs/architecture.md, Columns.

-- How far back the log of a workspace does not reach any more: rows of this transaction and of earlier ones may be gone.
CREATE TABLE "session_log_floors" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "xid" BIGINT NOT NULL,

    CONSTRAINT "session_log_floors_pkey" PRIMARY KEY ("organization_id","workspace_id")
);

-- Whatever writes sessions writes the log, also what replays changes of another server with ordinary triggers off.
ALTER TABLE "sessions" ENABLE ALWAYS TRIGGER "tell_saved_or_deleted";
ALTER TABLE "sessions" ENABLE ALWAYS TRIGGER "tell_changed";
