-- As `@@`, at the cost of what it is: words of a block are read from beside its row. Beside `@@` in a search it keeps the planner
-- from reading those of every block, whose rows are small.
CREATE FUNCTION block_has(words tsvector, wanted tsquery) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
BEGIN
    RETURN words @@ wanted;
END
$$;
