-- Scores, labels and notes on sessions and messages: docs/annotations.md.
CREATE TABLE "annotations" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL CHECK ("source" IN ('person', 'model', 'rule')),
    "score" DECIMAL(38,12),
    "label" TEXT,
    "note" TEXT,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "annotations_pkey" PRIMARY KEY ("organization_id","session_id","id"),
    CONSTRAINT "annotations_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id")
        REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "annotations_organization_id_session_id_message_id_fkey" FOREIGN KEY ("organization_id", "session_id", "message_id")
        REFERENCES "messages"("organization_id", "session_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

CREATE INDEX "annotations_organization_id_session_id_message_id_idx" ON "annotations"("organization_id", "session_id", "message_id");
