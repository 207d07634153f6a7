-- What the annotations of a session come to, by which lists are filtered, counted and sorted; null without any.
ALTER TABLE "sessions" ADD COLUMN     "annotation_facts" TEXT[],
ADD COLUMN     "annotation_labels" TEXT[],
ADD COLUMN     "annotation_names" TEXT[],
ADD COLUMN     "annotation_scores" JSONB,
ADD COLUMN     "annotation_sources" TEXT[];

-- Of annotations that are there already, as src/domain/annotation/summary.ts keeps it. Backfilling is no event.
ALTER TABLE "sessions" DISABLE TRIGGER USER;
UPDATE "sessions" s SET "annotation_facts" = f.facts, "annotation_labels" = f.labels, "annotation_names" = f.names,
    "annotation_sources" = f.sources, "annotation_scores" = m.scores
FROM (
    SELECT "organization_id", "session_id",
        (array_agg(DISTINCT json_build_array("source", "name", "label", trim_scale("score"))::text COLLATE "C"))[1:1000] AS facts,
        (array_agg(DISTINCT ("name" || chr(31) || "label") COLLATE "C") FILTER (WHERE "label" <> ''))[1:1000] AS labels,
        (array_agg(DISTINCT "name" COLLATE "C"))[1:1000] AS names,
        array_agg(DISTINCT "source" COLLATE "C") AS sources
    FROM "annotations" GROUP BY 1, 2
) f LEFT JOIN (
    SELECT "organization_id", "session_id", jsonb_object_agg("name", "mean") AS scores FROM (
        SELECT "organization_id", "session_id", "name", avg("score")::float8 AS mean FROM "annotations"
        WHERE "score" IS NOT NULL GROUP BY 1, 2, 3
    ) means GROUP BY 1, 2
) m ON m."organization_id" = f."organization_id" AND m."session_id" = f."session_id"
WHERE s."organization_id" = f."organization_id" AND s."id" = f."session_id";
ALTER TABLE "sessions" ENABLE TRIGGER USER;
