-- Rows from before were last changed when they were made. No trigger of names hears of that: no name changes.
ALTER TABLE "projects" DISABLE TRIGGER "names_of_changed";

ALTER TABLE "organizations" ADD COLUMN     "description" TEXT,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "workspaces" ADD COLUMN     "description" TEXT,
ADD COLUMN     "is_default" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "projects" ADD COLUMN     "description" TEXT,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "organizations" SET "updated_at" = "created_at";
UPDATE "projects" SET "updated_at" = "created_at";

-- The oldest workspace of an organization is its default one.
UPDATE "workspaces" w SET "updated_at" = w."created_at", "is_default" = (w."id" = o."id")
FROM (
    SELECT DISTINCT ON ("organization_id") "organization_id", "id" FROM "workspaces"
    ORDER BY "organization_id", "created_at", "id"
) o WHERE o."organization_id" = w."organization_id";

CREATE UNIQUE INDEX "workspaces_default_key" ON "workspaces"("organization_id") WHERE "is_default";

-- Every workspace has a project of the key default; one that is there already is it.
INSERT INTO "projects" ("organization_id", "id", "workspace_id", "slug", "name")
SELECT w."organization_id", gen_random_uuid(), w."id", 'default', 'Default' FROM "workspaces" w
ON CONFLICT DO NOTHING;

ALTER TABLE "projects" ENABLE TRIGGER "names_of_changed";
