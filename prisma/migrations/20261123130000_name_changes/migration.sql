-- Which names users and projects have, as a set of ids that is another one after each change: the same ids are the same
-- names. Whoever changes names adds an id, and waits for nobody.
CREATE TABLE "name_changes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "name_changes_pkey" PRIMARY KEY ("id")
);

CREATE FUNCTION "note_name_change"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "public"."name_changes" DEFAULT VALUES;
    RETURN NULL;
END
$$;

-- Added rows change no name that was read before.
CREATE TRIGGER "names_of_changed" AFTER UPDATE ON "users" FOR EACH ROW
    WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION "note_name_change"();
CREATE TRIGGER "names_of_deleted" AFTER DELETE ON "users" FOR EACH ROW EXECUTE FUNCTION "note_name_change"();
CREATE TRIGGER "names_of_truncated" AFTER TRUNCATE ON "users" FOR EACH STATEMENT EXECUTE FUNCTION "note_name_change"();

CREATE TRIGGER "names_of_changed" AFTER UPDATE ON "projects" FOR EACH ROW
    WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION "note_name_change"();
CREATE TRIGGER "names_of_deleted" AFTER DELETE ON "projects" FOR EACH ROW EXECUTE FUNCTION "note_name_change"();
CREATE TRIGGER "names_of_truncated" AFTER TRUNCATE ON "projects" FOR EACH STATEMENT EXECUTE FUNCTION "note_name_change"();
