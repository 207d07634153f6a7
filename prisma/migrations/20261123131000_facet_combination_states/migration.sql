-- Most questions leave archived sessions and some origins out: half of the combinations of a value need not be read then.
CREATE INDEX "facet_combinations_owner_state_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "owner_id", "archived", "origin");

DROP INDEX "facet_combinations_owner_idx";

CREATE INDEX "facet_combinations_project_state_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "project_id", "archived", "origin");

DROP INDEX "facet_combinations_project_idx";

CREATE INDEX "facet_combinations_agent_state_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "agent", "archived", "origin");

DROP INDEX "facet_combinations_agent_idx";

CREATE INDEX "facet_combinations_model_state_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "model", "archived", "origin");

DROP INDEX "facet_combinations_model_idx";
