SELECT phial_guard('api_keys', 'SELECT, INSERT, UPDATE');
--> statement-breakpoint
-- A key is presented before its workspace is known. Notes the use too, at most once a minute.
CREATE FUNCTION phial_api_key(key_sha256_given text)
RETURNS TABLE (key_id uuid, name text, workspace_id uuid, scopes text[], expires_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH used AS (
    UPDATE api_keys k SET last_used_at = now()
    WHERE k.key_sha256 = key_sha256_given AND k.revoked_at IS NULL
      AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute')
  )
  SELECT k.id, k.name, k.workspace_id, k.scopes, k.expires_at FROM api_keys k
  WHERE k.key_sha256 = key_sha256_given AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > now())
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_api_key(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION phial_api_key(text) TO phial_app;
