-- A rule without a workspace is of the whole organization: docs/retention.md. Older gateways find nothing due by it.
ALTER TABLE "retention_rules" ALTER COLUMN "workspace_id" DROP NOT NULL;
