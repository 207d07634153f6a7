-- How long workspaces keep sessions: docs/retention.md.
CREATE TABLE "retention_rules" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "older_than_days" INTEGER NOT NULL CHECK ("older_than_days" >= 1),
    "label" TEXT,
    "archived_only" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retention_rules_pkey" PRIMARY KEY ("organization_id","id"),
    CONSTRAINT "retention_rules_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id")
        REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "retention_rules_organization_id_workspace_id_idx" ON "retention_rules"("organization_id", "workspace_id");
