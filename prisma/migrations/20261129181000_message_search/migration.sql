-- Searches of messages: docs/decisions/0109-messages-are-indexed-behind-appends.md.

-- The words of a text, folded, each behind the beginning of the organization's id, so that tenants share no list of an index.
-- Separators are those of src/domain/message-search/words.ts; runs of more than 255 characters are parted there too.
CREATE FUNCTION message_words(organization_id uuid, given text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 500 AS $$
DECLARE
    fence CONSTANT text := left(organization_id::text, 4);
    spaced text := ' ' || translate(fold_text(given),
        E'\x01\x02\x03\x04\x05\x06\x07\b\t\n\x0b\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f!"#$%&''()*+,-./:;<=>?@[\\]^`{|}~\x7f\u00a0\u00ab\u00bb\u00b7\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2192\u3000\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\uff08\uff09',
        repeat(' ', 86));
BEGIN
    IF spaced ~ '[^ ]{255}[^ ]' THEN
        spaced := regexp_replace(spaced, '([^ ]{255})', '\1 ', 'g');
    END IF;
    RETURN array_to_tsvector(array_remove(array_remove(
        string_to_array(replace(spaced, ' ', ' ' || fence), ' '), fence), ''));
END
$$;

-- CreateTable
CREATE TABLE "message_blocks" (
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "message_blocks_pkey" PRIMARY KEY ("organization_id","session_id","number")
);

-- CreateTable
CREATE TABLE "message_blocks_due" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "from_seq" INTEGER NOT NULL,
    "to_seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_blocks_due_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "message_blocks_due_organization_id_session_id_idx" ON "message_blocks_due"("organization_id", "session_id");

-- CreateIndex
CREATE INDEX "message_blocks_words_idx" ON "message_blocks" USING GIN ("words");

-- AddForeignKey
ALTER TABLE "message_blocks" ADD CONSTRAINT "message_blocks_organization_id_session_id_fkey" FOREIGN KEY ("organization_id", "session_id") REFERENCES "sessions"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Whoever adds messages says so, in the same transaction: a search looks through these until they are indexed.
CREATE FUNCTION note_due_blocks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_blocks_due (organization_id, session_id, from_seq, to_seq)
    SELECT organization_id, session_id, min(seq), max(seq) FROM added GROUP BY 1, 2;
    RETURN NULL;
END
$$;
CREATE TRIGGER "note_due_blocks" AFTER INSERT ON "messages" REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION "note_due_blocks"();

-- Messages that are there already are due, in stretches.
INSERT INTO "message_blocks_due" ("organization_id", "session_id", "from_seq", "to_seq", "at")
SELECT "organization_id", "session_id", min("seq"), max("seq"), to_timestamp(0)
FROM "messages" GROUP BY 1, 2, "seq" / 480;
