-- For the operations page: what is left of papers that are gone, over all workspaces.
CREATE FUNCTION phial_paper_orphans() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT (SELECT count(*) FROM paper_pages x WHERE NOT EXISTS (SELECT FROM papers p WHERE p.id = x.paper_id))
    + (SELECT count(*) FROM chunks x WHERE NOT EXISTS (SELECT FROM papers p WHERE p.id = x.paper_id))
    + (SELECT count(*) FROM lex_chunk x WHERE NOT EXISTS (SELECT FROM chunks c WHERE c.id = x.chunk_id))
    + (SELECT count(*) FROM lex_posting x WHERE NOT EXISTS (SELECT FROM lex_chunk c WHERE c.chunk_id = x.chunk_id))
    + (SELECT count(*) FROM chunk_vector x WHERE NOT EXISTS (SELECT FROM chunks c WHERE c.id = x.chunk_id))
    + (SELECT count(*) FROM upload_slots x WHERE NOT EXISTS (SELECT FROM papers p WHERE p.id = x.paper_id))
    + (SELECT count(*) FROM jobs x WHERE x.kind = 'paper' AND NOT EXISTS (SELECT FROM papers p WHERE p.id = x.id))
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_paper_orphans() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION phial_paper_orphans() TO phial_app;
