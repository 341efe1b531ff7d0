-- What was indexed before papers noted how: its words are read anew.
UPDATE papers p SET analysis = 1
WHERE EXISTS (SELECT FROM chunks c JOIN lex_chunk l ON l.chunk_id = c.id WHERE c.paper_id = p.id);
--> statement-breakpoint
-- The sweep's view: papers indexed by an earlier way of reading words, the oldest way first.
CREATE FUNCTION phial_outdated_papers(current smallint, most int)
RETURNS TABLE (workspace_id uuid, paper_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT p.workspace_id, p.id FROM papers p
  WHERE p.analysis < current
  ORDER BY p.analysis, p.id
  LIMIT most
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_outdated_papers(smallint, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION phial_outdated_papers(smallint, int) TO phial_app;
