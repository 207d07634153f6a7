-- What runs on the shard that holds an organization.

-- Which log of changes a statement reads: another one after a start of the server, with other tables, with other triggers, and when
-- sessions lie in another file. TRUNCATE passes no row trigger, but changes that. Shards are named as their table, with a number.
CREATE FUNCTION "session_log"() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws(' ', pg_postmaster_start_time(), 'session_events'::regclass::oid,
        (SELECT string_agg(concat_ws(' ', c.oid, c.relfilenode), ',' ORDER BY c.oid) FROM pg_class c
            WHERE c.relname >= 'sessions' AND c.relname < 'sessions`' AND c.relkind = 'r' AND c.relname ~ '^sessions(_\d+)?$'),
        (SELECT string_agg(concat_ws(' ', t.xmin, t.tgenabled), ',' ORDER BY t.tgname)
            FROM pg_trigger t WHERE t.tgrelid = 'sessions'::regclass AND starts_with(t.tgname, 'tell_')));
END
$$;

-- The server that gives out numbers of transactions: they say nothing on another, nor on one that was restored from a dump.
CREATE FUNCTION "session_epoch"() RETURNS text LANGUAGE sql STABLE AS $$ SELECT system_identifier::text FROM pg_control_system() $$;

-- One row each, since a shard's trigger has no plan over rows that are only named within it.
CREATE OR REPLACE FUNCTION "note_due_blocks"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stretch record;
BEGIN
    FOR stretch IN SELECT organization_id, session_id, min(seq) AS from_seq, max(seq) AS to_seq FROM added GROUP BY 1, 2 LOOP
        INSERT INTO message_blocks_due (organization_id, session_id, from_seq, to_seq)
        VALUES (stretch.organization_id, stretch.session_id, stretch.from_seq, stretch.to_seq);
    END LOOP;
    RETURN NULL;
END
$$;
