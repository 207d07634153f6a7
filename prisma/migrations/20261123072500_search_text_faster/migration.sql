-- The same text at half the time a row. A function in SQL is planned anew by every statement that writes to the index.
CREATE OR REPLACE FUNCTION session_search_text(title text, preview text, agent text, model text, labels text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 300 AS $$
DECLARE
    separator CONSTANT text := chr(31);
    found text := coalesce(title, '') || separator || coalesce(preview, '') || separator || coalesce(agent, '') || separator
        || coalesce(model, '') || separator;
    label text;
    between text := '';
BEGIN
    FOREACH label IN ARRAY coalesce(labels, '{}') LOOP
        CONTINUE WHEN label IS NULL;
        found := found || between || substr(label, strpos(label, ':') + 1);
        between := separator;
    END LOOP;
    RETURN found;
END
$$;
