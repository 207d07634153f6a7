-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

-- Everything that a search looks into, with a unit separator between the texts.
CREATE FUNCTION session_search_text(title text, preview text, agent text, model text, labels text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 300
    RETURN coalesce(title, '') || chr(31) || coalesce(preview, '') || chr(31) || coalesce(agent, '') || chr(31)
        || coalesce(model, '') || chr(31)
        || coalesce((SELECT string_agg(substr(label, strpos(label, ':') + 1), chr(31)) FROM unnest(labels) label), '');

-- CreateIndex
CREATE INDEX "sessions_search_idx" ON "sessions"
    USING GIN (session_search_text("title", "preview_text", "agent", "model", "labels") gin_trgm_ops);

-- From more than a hundred samples the planner can tell a rare text, and picks the index for it.
ALTER INDEX "sessions_search_idx" ALTER COLUMN 1 SET STATISTICS 200;
