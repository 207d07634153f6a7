-- Counts of sessions kept ahead of questions: docs/architecture.md, Facet roll-ups. These tables are not in schema.prisma.
-- The script runs as one transaction, so that no session is written between the triggers and the first deltas.

-- What a change of a session adds to or takes from the counts, until it is folded into them.
CREATE TABLE "facet_deltas" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "weight" SMALLINT NOT NULL,
    "owner_id" UUID NOT NULL,
    "visibility" "session_visibility" NOT NULL,
    "archived" BOOLEAN NOT NULL,
    "frozen" BOOLEAN NOT NULL,
    "origin" "session_origin" NOT NULL,
    "project_id" UUID,
    "agent" TEXT,
    "model" TEXT,
    "labels" TEXT[],

    CONSTRAINT "facet_deltas_pkey" PRIMARY KEY ("organization_id", "workspace_id", "id")
);

-- Rows live for a second: vacuum by their number, and never plan by a moment's statistics.
ALTER TABLE "facet_deltas" SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2147483647
);

-- How many sessions have a value of a dimension. The audience is the owner of private sessions, zero for shared ones.
CREATE TABLE "facet_values" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "audience" UUID NOT NULL,
    "archived" BOOLEAN NOT NULL,
    "frozen" BOOLEAN NOT NULL,
    "origin" "session_origin" NOT NULL,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "count" INTEGER NOT NULL CHECK ("count" > 0),

    CONSTRAINT "facet_values_pkey" PRIMARY KEY ("organization_id", "workspace_id", "audience", "dimension", "archived", "origin", "frozen", "value")
) WITH (fillfactor = 80);

-- How many sessions share all their single values. The id is a hash of them, which stands for ten columns, nulls included.
CREATE TABLE "facet_combinations" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "audience" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "visibility" "session_visibility" NOT NULL,
    "archived" BOOLEAN NOT NULL,
    "frozen" BOOLEAN NOT NULL,
    "origin" "session_origin" NOT NULL,
    "project_id" UUID,
    "agent" TEXT,
    "model" TEXT,
    "count" INTEGER NOT NULL CHECK ("count" > 0),

    CONSTRAINT "facet_combinations_pkey" PRIMARY KEY ("organization_id", "workspace_id", "id")
) WITH (fillfactor = 80);

CREATE INDEX "facet_combinations_audience_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience");

-- How many sessions of a combination have a label.
CREATE TABLE "facet_labels" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "combination_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "count" INTEGER NOT NULL CHECK ("count" > 0),

    CONSTRAINT "facet_labels_pkey" PRIMARY KEY ("organization_id", "workspace_id", "combination_id", "label")
) WITH (fillfactor = 90);

-- A row trigger, as Citus has no other. It only appends, so writers never wait for each other.
CREATE FUNCTION "note_facet_delta"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO "public"."facet_deltas" VALUES (OLD."organization_id", OLD."workspace_id", DEFAULT, -1, OLD."owner_id", OLD."visibility",
            OLD."archived_at" IS NOT NULL, OLD."frozen_at" IS NOT NULL, OLD."origin", OLD."project_id", OLD."agent", OLD."model", OLD."labels");
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO "public"."facet_deltas" VALUES (NEW."organization_id", NEW."workspace_id", DEFAULT, 1, NEW."owner_id", NEW."visibility",
            NEW."archived_at" IS NOT NULL, NEW."frozen_at" IS NOT NULL, NEW."origin", NEW."project_id", NEW."agent", NEW."model", NEW."labels");
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "facets_of_added" AFTER INSERT OR DELETE ON "sessions" FOR EACH ROW EXECUTE FUNCTION "note_facet_delta"();

-- Most updates touch nothing that is counted, and end at this condition.
CREATE TRIGGER "facets_of_changed" AFTER UPDATE ON "sessions" FOR EACH ROW
    WHEN (
        ROW(OLD."organization_id", OLD."workspace_id", OLD."owner_id", OLD."visibility", OLD."archived_at" IS NULL, OLD."frozen_at" IS NULL,
            OLD."origin", OLD."project_id", OLD."agent", OLD."model", OLD."labels")
        IS DISTINCT FROM
        ROW(NEW."organization_id", NEW."workspace_id", NEW."owner_id", NEW."visibility", NEW."archived_at" IS NULL, NEW."frozen_at" IS NULL,
            NEW."origin", NEW."project_id", NEW."agent", NEW."model", NEW."labels")
    )
    EXECUTE FUNCTION "note_facet_delta"();

CREATE FUNCTION "truncate_facets"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE "public"."facet_deltas", "public"."facet_values", "public"."facet_combinations", "public"."facet_labels";
    RETURN NULL;
END
$$;

CREATE TRIGGER "facets_of_truncated" AFTER TRUNCATE ON "sessions" FOR EACH STATEMENT EXECUTE FUNCTION "truncate_facets"();

-- Sessions that are there already come in as deltas, exact from the first moment and folded while serving.
INSERT INTO "facet_deltas" ("organization_id", "workspace_id", "weight", "owner_id", "visibility", "archived", "frozen", "origin", "project_id", "agent", "model", "labels")
SELECT "organization_id", "workspace_id", 1, "owner_id", "visibility", "archived_at" IS NOT NULL, "frozen_at" IS NOT NULL, "origin", "project_id", "agent", "model", "labels"
FROM "sessions";
