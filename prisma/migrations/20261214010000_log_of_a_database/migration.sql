-- The log is another one in another database, too: one that was made from a copy has the tables, files and triggers of the copy.
CREATE OR REPLACE FUNCTION "session_log"() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN concat_ws(' ', pg_postmaster_start_time(), (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()),
        'session_events'::regclass::oid,
        (SELECT string_agg(concat_ws(' ', c.oid, c.relfilenode), ',' ORDER BY c.oid) FROM pg_class c
            WHERE c.relname >= 'sessions' AND c.relname < 'sessions`' AND c.relkind = 'r' AND c.relname ~ '^sessions(_\d+)?$'),
        (SELECT string_agg(concat_ws(' ', t.xmin, t.tgenabled), ',' ORDER BY t.tgname)
            FROM pg_trigger t WHERE t.tgrelid = 'sessions'::regclass AND starts_with(t.tgname, 'tell_')));
END
$$;
