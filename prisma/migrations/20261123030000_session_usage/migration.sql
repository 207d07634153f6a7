-- What a transcript consumed, kept with every write to it: all four token buckets, and the cost of its priced rows.
-- A row that wrote output at an unknown cost is unpriced, and one such row makes the total unknown.
ALTER TABLE "sessions"
    ADD COLUMN "total_tokens" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "priced_cost_usd" DECIMAL(38,12) NOT NULL DEFAULT 0,
    ADD COLUMN "unpriced_count" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "total_cost_usd" DECIMAL(38,12)
        GENERATED ALWAYS AS (CASE WHEN "unpriced_count" = 0 THEN "priced_cost_usd" END) STORED;

UPDATE "sessions" s
SET "total_tokens" = m.tokens, "priced_cost_usd" = m.cost, "unpriced_count" = m.unpriced
FROM (
    SELECT "organization_id", "session_id",
        coalesce(sum("input_tokens"::bigint + "output_tokens" + "cache_read_input_tokens" + "cache_creation_input_tokens"), 0) AS tokens,
        coalesce(sum("cost_usd"), 0) AS cost,
        count(*) FILTER (WHERE "output_tokens" > 0 AND "cost_usd" IS NULL) AS unpriced
    FROM "messages" GROUP BY "organization_id", "session_id"
) m
WHERE s."organization_id" = m."organization_id" AND s."id" = m."session_id";

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_total_tokens_id_idx" ON "sessions"("organization_id", "workspace_id", "total_tokens" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_organization_id_workspace_id_total_cost_usd_id_idx" ON "sessions"("organization_id", "workspace_id", "total_cost_usd" DESC NULLS LAST, "id" DESC);
