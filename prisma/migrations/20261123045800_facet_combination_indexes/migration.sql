-- Where data is independent there are nearly as many combinations as sessions: find those of a value. The first one serves audiences too.
CREATE INDEX "facet_combinations_owner_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "owner_id");

CREATE INDEX "facet_combinations_project_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "project_id");

CREATE INDEX "facet_combinations_agent_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "agent");

CREATE INDEX "facet_combinations_model_idx" ON "facet_combinations"("organization_id", "workspace_id", "audience", "model");

DROP INDEX "facet_combinations_audience_idx";
