-- Who did what to what, by which key, from where, with what outcome: docs/audit.md.
CREATE TABLE "audit_entries" (
    "organization_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seq" BIGSERIAL NOT NULL,
    "workspace_id" UUID,
    "act" TEXT NOT NULL,
    "outcome" TEXT NOT NULL CHECK ("outcome" IN ('done', 'refused')),
    "code" TEXT,
    "subject_id" UUID,
    "user_id" UUID,
    "key_id" UUID,
    "key_prefix" TEXT,
    "face" TEXT NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("organization_id","at","seq")
);

CREATE INDEX "audit_entries_organization_id_subject_id_at_seq_idx" ON "audit_entries"("organization_id", "subject_id", "at", "seq");

-- Entries are added and, when they are old, taken away by the gateway's own pruning; nothing changes them.
-- No foreign key: an entry outlives what it is about.
CREATE FUNCTION "refuse_changed_audit"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('session_gateway.audit_pruning', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_is_append_only" BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION "refuse_changed_audit"();
CREATE TRIGGER "audit_is_never_emptied" BEFORE TRUNCATE ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_changed_audit"();
ALTER TABLE "audit_entries" ENABLE ALWAYS TRIGGER "audit_is_append_only";
ALTER TABLE "audit_entries" ENABLE ALWAYS TRIGGER "audit_is_never_emptied";
