-- What a transcript amounts to stands in its session's row, for lists, orders and filters: docs/architecture.md, Data.
-- The table is written once, then rewritten once with the generated columns, and each index is built once at the end.

-- Sorting and building indexes go several times faster in memory; it ends with the transaction.
SET LOCAL maintenance_work_mem = '256MB';
SET LOCAL work_mem = '128MB';

-- The least version of the gateway that works with this store: an older one refuses to start.
CREATE TABLE "least_gateway" (
    "id" BOOLEAN NOT NULL DEFAULT true CHECK ("id"),
    "version" TEXT NOT NULL CHECK ("version" ~ '^\d+\.\d+\.\d+$'),

    CONSTRAINT "least_gateway_pkey" PRIMARY KEY ("id")
);

-- Older ones write message_count, which is generated from here on.
INSERT INTO "least_gateway" ("version") VALUES ('0.2.0');

-- Null where it is not known, and in rows of other roles than tool.
ALTER TABLE "messages" ADD COLUMN "is_error" BOOLEAN;

-- The later of a moment and one millisecond after the previous one. PostgreSQL adds intervals in a time zone, so its own
-- operator is not immutable, as sharded tables want it in an UPDATE.
CREATE FUNCTION "moment_after"(previous timestamptz, moment timestamptz) RETURNS timestamptz
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN greatest(moment, previous + interval '1 millisecond');
END
$$;

-- A set of names with others added: by code points, each up to 256 characters, the first 1,000 of them. Nulls and empty texts are no names.
CREATE FUNCTION "merged_names"(known text[], added text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT left(name, 256) COLLATE "C" AS name FROM unnest(known || added) name WHERE name <> '' ORDER BY name LIMIT 1000
    );
END
$$;

-- The texts in a list of lists of texts.
CREATE FUNCTION "names_of_calls"(names jsonb) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT name #>> '{}' FROM jsonb_array_elements(names) list, jsonb_array_elements(list) name);
END
$$;

-- Backfilling is no event and changes no facet. This needs no right but the owner's, unlike session_replication_role,
-- and a rollback takes it back.
ALTER TABLE "sessions" DISABLE TRIGGER USER;

DROP INDEX "sessions_organization_id_workspace_id_updated_at_id_idx";
DROP INDEX "sessions_organization_id_workspace_id_created_at_id_idx";
DROP INDEX "sessions_organization_id_workspace_id_last_message_at_id_idx";
DROP INDEX "sessions_organization_id_workspace_id_message_count_id_idx";
DROP INDEX "sessions_organization_id_workspace_id_total_tokens_id_idx";
DROP INDEX "sessions_organization_id_workspace_id_total_cost_usd_id_idx";
DROP INDEX "sessions_organization_id_created_at_id_idx";
DROP INDEX "sessions_organization_id_agent_created_at_id_idx";
DROP INDEX "sessions_organization_id_group_id_idx";
DROP INDEX "sessions_organization_id_evaluation_id_evaluation_item_id_idx";
DROP INDEX "sessions_labels_idx";
DROP INDEX "sessions_search_idx";

ALTER TABLE "sessions" RENAME COLUMN "message_count" TO "sent_message_count";

ALTER TABLE "sessions" DROP COLUMN "total_tokens";

ALTER TABLE "sessions"
    ADD COLUMN "current_message_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "total_message_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "compaction_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "total_input_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "total_output_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "total_cache_read_input_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "total_cache_creation_input_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "total_tool_call_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "current_input_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "current_output_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "current_cache_read_input_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "current_cache_creation_input_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "current_tool_call_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "current_priced_cost_usd" DECIMAL(38,12) NOT NULL DEFAULT 0,
    ADD COLUMN "current_unpriced_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "last_generation_input_tokens" BIGINT,
    ADD COLUMN "answering_models" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "tool_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "failed_call_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "first_message_at" TIMESTAMPTZ(3),
    ADD COLUMN "last_row_at" TIMESTAMPTZ(3);

UPDATE "sessions" s
SET "current_message_count" = m.current_messages, "total_message_count" = m.messages, "compaction_count" = m.compactions,
    "total_input_tokens" = m.input, "total_output_tokens" = m.output, "total_cache_read_input_tokens" = m.cache_read,
    "total_cache_creation_input_tokens" = m.cache_creation, "total_tool_call_count" = m.tool_calls,
    "priced_cost_usd" = m.cost, "unpriced_count" = m.unpriced,
    "current_input_tokens" = m.current_input, "current_output_tokens" = m.current_output,
    "current_cache_read_input_tokens" = m.current_cache_read, "current_cache_creation_input_tokens" = m.current_cache_creation,
    "current_tool_call_count" = m.current_tool_calls, "current_priced_cost_usd" = m.current_cost,
    "current_unpriced_count" = m.current_unpriced, "last_generation_input_tokens" = m.last_generation[2],
    "answering_models" = merged_names('{}', m.models),
    "tool_names" = merged_names('{}', names_of_calls(m.tools)),
    "first_message_at" = m.first_at, "last_row_at" = m.last_at
FROM (
    SELECT m."organization_id", m."session_id",
        count(*) FILTER (WHERE m."compacted_at" IS NULL) AS current_messages,
        count(*) AS messages,
        count(*) FILTER (WHERE m."is_summary") AS compactions,
        coalesce(sum(m."input_tokens"), 0) AS input,
        coalesce(sum(m."output_tokens"), 0) AS output,
        coalesce(sum(m."cache_read_input_tokens"), 0) AS cache_read,
        coalesce(sum(m."cache_creation_input_tokens"), 0) AS cache_creation,
        coalesce(sum(m."tool_call_count") FILTER (WHERE m."role" = 'assistant'), 0) AS tool_calls,
        coalesce(sum(m."cost_usd"), 0) AS cost,
        count(*) FILTER (WHERE m."output_tokens" > 0 AND m."cost_usd" IS NULL) AS unpriced,
        coalesce(sum(m."input_tokens") FILTER (WHERE m."compacted_at" IS NULL), 0) AS current_input,
        coalesce(sum(m."output_tokens") FILTER (WHERE m."compacted_at" IS NULL), 0) AS current_output,
        coalesce(sum(m."cache_read_input_tokens") FILTER (WHERE m."compacted_at" IS NULL), 0) AS current_cache_read,
        coalesce(sum(m."cache_creation_input_tokens") FILTER (WHERE m."compacted_at" IS NULL), 0) AS current_cache_creation,
        coalesce(sum(m."tool_call_count") FILTER (WHERE m."role" = 'assistant' AND m."compacted_at" IS NULL), 0) AS current_tool_calls,
        coalesce(sum(m."cost_usd") FILTER (WHERE m."compacted_at" IS NULL), 0) AS current_cost,
        count(*) FILTER (WHERE m."output_tokens" > 0 AND m."cost_usd" IS NULL AND m."compacted_at" IS NULL) AS current_unpriced,
        max(ARRAY[m."seq", m."input_tokens"::bigint + m."cache_read_input_tokens" + m."cache_creation_input_tokens"])
            FILTER (WHERE m."role" = 'assistant' AND m."input_tokens" IS NOT NULL) AS last_generation,
        array_agg(DISTINCT g."model") FILTER (WHERE m."role" = 'assistant') AS models,
        jsonb_agg(jsonb_path_query_array(m."tool_calls", '$[*].name')) FILTER (WHERE m."role" = 'assistant' AND m."tool_call_count" > 0) AS tools,
        min(m."created_at") AS first_at,
        max(m."created_at") AS last_at
    FROM "messages" m
    LEFT JOIN "segments" g ON g."organization_id" = m."organization_id" AND g."session_id" = m."session_id" AND g."number" = m."segment"
    GROUP BY m."organization_id", m."session_id"
) m
WHERE s."organization_id" = m."organization_id" AND s."id" = m."session_id";

ALTER TABLE "sessions"
    ADD COLUMN "message_count" INTEGER NOT NULL
        GENERATED ALWAYS AS (greatest("sent_message_count", "current_message_count")) STORED,
    ADD COLUMN "total_tokens" BIGINT NOT NULL GENERATED ALWAYS AS ("total_input_tokens" + "total_output_tokens"
        + "total_cache_read_input_tokens" + "total_cache_creation_input_tokens") STORED,
    ADD COLUMN "duration_ms" BIGINT
        GENERATED ALWAYS AS (CASE WHEN "total_message_count" > 1 THEN (extract(epoch FROM "last_row_at" - "first_message_at") * 1000)::bigint END) STORED;

ALTER TABLE "sessions" ENABLE TRIGGER USER;

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_updated_at_id_idx" ON "sessions"("organization_id", "workspace_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_created_at_id_idx" ON "sessions"("organization_id", "workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_last_message_at_id_idx" ON "sessions"("organization_id", "workspace_id", "last_message_at" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_message_count_id_idx" ON "sessions"("organization_id", "workspace_id", "message_count" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_total_tokens_id_idx" ON "sessions"("organization_id", "workspace_id", "total_tokens" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_total_cost_usd_id_idx" ON "sessions"("organization_id", "workspace_id", "total_cost_usd" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_failed_call_count_id_idx" ON "sessions"("organization_id", "workspace_id", "failed_call_count" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_duration_ms_id_idx" ON "sessions"("organization_id", "workspace_id", "duration_ms" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_created_at_id_idx" ON "sessions"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_agent_created_at_id_idx" ON "sessions"("organization_id", "agent", "created_at", "id");

-- CreateIndex, partial by hand as few sessions have one and every index costs each update.
CREATE INDEX "sessions_organization_id_group_id_idx" ON "sessions"("organization_id", "group_id") WHERE "group_id" IS NOT NULL;

-- CreateIndex, partial by hand likewise.
CREATE INDEX "sessions_organization_id_evaluation_id_evaluation_item_id_idx" ON "sessions"("organization_id", "evaluation_id", "evaluation_item_id") WHERE "evaluation_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "sessions_labels_idx" ON "sessions" USING GIN ("labels");

-- CreateIndex
CREATE INDEX "sessions_search_idx" ON "sessions"
    USING GIN (session_search_text("title", "preview_text", "agent", "model", "labels") gin_trgm_ops);

-- From more than a hundred samples the planner can tell a rare text, and picks the index for it.
ALTER INDEX "sessions_search_idx" ALTER COLUMN 1 SET STATISTICS 200;

-- Messages with given times may be appended behind newer ones, so their number tells, not the newest time.
CREATE OR REPLACE FUNCTION "tell_session_event"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
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
        WHEN NEW."total_message_count" > OLD."total_message_count" AND NEW."compaction_count" = OLD."compaction_count" THEN 'messages_appended'
        ELSE 'updated'
    END)::"session_event_kind", audience_after, clock_timestamp());
    RETURN NULL;
END
$$;
