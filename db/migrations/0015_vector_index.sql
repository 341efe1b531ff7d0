-- Where the server has pgvector and lets us use it, vectors get a second table with HNSW indexes. Elsewhere
-- nothing is made and the exact way serves. An owner who installs pgvector later calls the function again.
CREATE FUNCTION phial_make_vector_index() RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
  size int;
BEGIN
  IF to_regclass('chunk_ann') IS NOT NULL THEN RETURN true; END IF;
  BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
  EXCEPTION WHEN OTHERS THEN
    RETURN false;
  END;
  CREATE TABLE chunk_ann (
    model_id int NOT NULL,
    workspace_id uuid NOT NULL,
    chunk_id bigint NOT NULL,
    dims int NOT NULL,
    embedding vector NOT NULL,
    PRIMARY KEY (model_id, chunk_id),
    FOREIGN KEY (model_id, chunk_id) REFERENCES chunk_vector (model_id, chunk_id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE
  );
  FOREACH size IN ARRAY ARRAY[200, 384, 512, 768, 1024, 1536] LOOP
    EXECUTE format(
      'CREATE INDEX chunk_ann_hnsw_%s ON chunk_ann USING hnsw ((embedding::vector(%s)) vector_cosine_ops) WHERE dims = %s',
      size, size, size);
  END LOOP;
  PERFORM phial_guard('chunk_ann', 'SELECT, INSERT, DELETE');
  INSERT INTO chunk_ann (model_id, workspace_id, chunk_id, dims, embedding)
  SELECT v.model_id, v.workspace_id, v.chunk_id, m.dims, phial_read_vector(v.vector)::vector
  FROM chunk_vector v JOIN embedding_model m ON m.id = v.model_id;
  RETURN true;
END $$;
--> statement-breakpoint
-- A stored vector in pgvector's notation.
CREATE FUNCTION phial_read_vector(bytes bytea) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
  SELECT '[' || string_agg(
    (CASE WHEN bits >> 31 = 1 THEN -1 ELSE 1 END
      * CASE WHEN (bits >> 23) & 255 = 0 THEN 0
          ELSE (1 + (bits & 8388607) / 8388608.0::float8) * 2.0::float8 ^ (((bits >> 23) & 255) - 127) END)::text,
    ',' ORDER BY i) || ']'
  FROM (
    SELECT i, get_byte(bytes, 4 * i)::bigint | get_byte(bytes, 4 * i + 1)::bigint << 8
      | get_byte(bytes, 4 * i + 2)::bigint << 16 | get_byte(bytes, 4 * i + 3)::bigint << 24 AS bits
    FROM generate_series(0, length(bytes) / 4 - 1) i
  ) words
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_make_vector_index() FROM PUBLIC;
--> statement-breakpoint
DO $$ BEGIN PERFORM phial_make_vector_index(); END $$;
