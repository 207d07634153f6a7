-- Sessions are counted in columns in memory: docs/decisions/0090-columns-in-the-process.md. Nothing reads the roll-ups any more.
DROP TRIGGER "facets_of_added" ON "sessions";
DROP TRIGGER "facets_of_changed" ON "sessions";
DROP TRIGGER "facets_of_truncated" ON "sessions";
DROP FUNCTION "note_facet_delta"();
DROP FUNCTION "truncate_facets"();
DROP TABLE "facet_deltas", "facet_values", "facet_combinations", "facet_labels", "facet_versions";

DROP TRIGGER "names_of_changed" ON "users";
DROP TRIGGER "names_of_deleted" ON "users";
DROP TRIGGER "names_of_truncated" ON "users";
DROP TRIGGER "names_of_changed" ON "projects";
DROP TRIGGER "names_of_deleted" ON "projects";
DROP TRIGGER "names_of_truncated" ON "projects";
DROP FUNCTION "note_name_change"();
DROP TABLE "name_changes";

-- Older gateways fold and read them.
UPDATE "least_gateway" SET "version" = '0.3.0';
