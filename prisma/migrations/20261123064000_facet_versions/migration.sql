-- What the roll-ups of a workspace hold, as a value that is new each time they change: the same version is the same counts.
CREATE TABLE "facet_versions" (
    "organization_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "version" UUID NOT NULL,

    CONSTRAINT "facet_versions_pkey" PRIMARY KEY ("organization_id", "workspace_id")
) WITH (fillfactor = 50);

INSERT INTO "facet_versions" SELECT "organization_id", "id", gen_random_uuid() FROM "workspaces";

CREATE OR REPLACE FUNCTION "truncate_facets"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE "public"."facet_deltas", "public"."facet_values", "public"."facet_combinations", "public"."facet_labels", "public"."facet_versions";
    RETURN NULL;
END
$$;
