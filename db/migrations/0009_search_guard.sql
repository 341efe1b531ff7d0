SELECT phial_guard('lex_stat', 'SELECT, INSERT, UPDATE'),
       phial_guard('lex_term', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('lex_posting', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('lex_chunk', 'SELECT, INSERT, DELETE'),
       phial_guard('embedding_model', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('embedding_term', 'SELECT, INSERT, DELETE'),
       phial_guard('chunk_vector', 'SELECT, INSERT, DELETE');
--> statement-breakpoint
-- The workspace first: row security's condition is then part of every look-up, not a filter after it.
CREATE UNIQUE INDEX lex_posting_covering ON lex_posting (workspace_id, term_id, chunk_id) INCLUDE (tf, dl);
--> statement-breakpoint
-- Index-only scans need pages known to be visible to all; rows only ever come and go with their chunk.
ALTER TABLE lex_posting SET (
  autovacuum_vacuum_insert_scale_factor = 0.02,
  autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_analyze_scale_factor = 0.05
);
--> statement-breakpoint
-- Counts change with every paper; room on the page keeps the change out of the indexes.
ALTER TABLE lex_term SET (fillfactor = 70);
--> statement-breakpoint
CREATE INDEX chunks_of_section ON chunks (workspace_id, section, paper_id, id);
--> statement-breakpoint
CREATE INDEX papers_binned ON papers (workspace_id) WHERE deleted_at IS NOT NULL;
--> statement-breakpoint
-- What a chunk added to the index goes with it, whoever deletes it and however: by itself, with its paper
-- or with the workspace. The joins are held to index look-ups, for transition tables have no statistics.
CREATE FUNCTION phial_forget_words() RETURNS trigger
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
  UPDATE lex_stat s
  SET n = s.n - g.n, total_dl = s.total_dl - g.dl, version = s.version + 1
  FROM (SELECT workspace_id, count(*) AS n, sum(dl) AS dl FROM gone GROUP BY workspace_id) g
  WHERE s.workspace_id = g.workspace_id;
  WITH word AS MATERIALIZED (
    SELECT DISTINCT g.workspace_id, g.chunk_id,
      ('x' || encode(substr(g.tokens, 4 * i + 1, 4), 'hex'))::bit(32)::int AS term_id
    FROM gone g, generate_series(0, length(g.tokens) / 4 - 1) i
  ), removed AS (
    DELETE FROM lex_posting p USING word w
    WHERE p.workspace_id = w.workspace_id AND p.term_id = w.term_id AND p.chunk_id = w.chunk_id
  ), locked AS MATERIALIZED (
    SELECT t.id, c.n
    FROM (SELECT workspace_id, term_id, count(*) AS n FROM word GROUP BY 1, 2) c
    JOIN lex_term t ON t.id = c.term_id AND t.workspace_id = c.workspace_id
    ORDER BY t.term
    FOR UPDATE OF t
  )
  UPDATE lex_term t SET df = t.df - l.n FROM locked l WHERE t.id = l.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER lex_chunk_forget AFTER DELETE ON lex_chunk
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION phial_forget_words();
