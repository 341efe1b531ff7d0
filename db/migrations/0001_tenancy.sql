-- Tenancy: row security on everything that belongs to a workspace. The app role owns nothing and
-- cannot bypass it; a transaction that has not set phial.workspace sees no rows.
CREATE FUNCTION phial_workspace() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('phial.workspace', true), '')::uuid $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO phial_app;
--> statement-breakpoint
-- Guards one table and gives the app role the named rights on it. Later migrations call it too.
CREATE FUNCTION phial_guard(tbl regclass, rights text, tenant_column text DEFAULT 'workspace_id') RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
  EXECUTE format(
    'CREATE POLICY tenant ON %s USING (%I = phial_workspace()) WITH CHECK (%I = phial_workspace())',
    tbl, tenant_column, tenant_column);
  EXECUTE format('GRANT %s ON %s TO phial_app', rights, tbl);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_guard(regclass, text, text) FROM PUBLIC;
--> statement-breakpoint
SELECT phial_guard('workspaces', 'SELECT, UPDATE', 'id'),
       phial_guard('memberships', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('sessions', 'SELECT, UPDATE'),
       phial_guard('jobs', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('steps', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('events', 'SELECT, INSERT'),
       phial_guard('idempotency_keys', 'SELECT, INSERT, DELETE'),
       phial_guard('bundles', 'SELECT, INSERT, DELETE'),
       phial_guard('artifacts', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('snapshots', 'SELECT, INSERT, DELETE'),
       phial_guard('evidence', 'SELECT, INSERT, UPDATE, DELETE'),
       phial_guard('reports', 'SELECT, INSERT');
--> statement-breakpoint
-- A person is visible to those who share a workspace with them.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY colleagues ON users
  USING (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id AND m.workspace_id = phial_workspace()));
--> statement-breakpoint
GRANT SELECT ON users TO phial_app;
--> statement-breakpoint
ALTER TABLE login_tokens ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Not tenant data: the sources' pace and health, and the workers' heartbeats.
GRANT SELECT, INSERT, UPDATE ON sources TO phial_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON workers TO phial_app;
--> statement-breakpoint
-- What must be read before a workspace is known goes through these narrow functions only.
CREATE FUNCTION phial_session(session_id uuid)
RETURNS TABLE (user_id uuid, user_name text, workspace_id uuid, workspace_name text, role text, is_local boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT u.id, u.name, w.id, w.name, m.role, w.is_local
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  JOIN workspaces w ON w.id = s.workspace_id
  JOIN memberships m ON m.user_id = s.user_id AND m.workspace_id = s.workspace_id
  WHERE s.id = session_id AND s.revoked_at IS NULL AND s.expires_at > now()
$$;
--> statement-breakpoint
CREATE FUNCTION phial_redeem_login_token(token_sha256_given text, agent text, lifetime interval)
RETURNS TABLE (session_id uuid, user_id uuid, workspace_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  token login_tokens;
BEGIN
  UPDATE login_tokens t SET used_at = now()
  WHERE t.token_sha256 = token_sha256_given AND t.used_at IS NULL AND t.expires_at > now()
  RETURNING t.* INTO token;
  IF NOT FOUND THEN RETURN; END IF;
  RETURN QUERY
    INSERT INTO sessions (user_id, workspace_id, user_agent, expires_at)
    VALUES (token.user_id, token.workspace_id, left(agent, 300), now() + lifetime)
    RETURNING sessions.id, sessions.user_id, sessions.workspace_id;
END $$;
--> statement-breakpoint
CREATE FUNCTION phial_revoke_session(session_id uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE sessions SET revoked_at = now() WHERE id = session_id AND revoked_at IS NULL $$;
--> statement-breakpoint
-- The sweep's view: unfinished jobs whose last event is older than the given age.
CREATE FUNCTION phial_quiet_jobs(age interval)
RETURNS TABLE (workspace_id uuid, job_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT j.workspace_id, j.id FROM jobs j
  LEFT JOIN LATERAL (
    SELECT e.at FROM events e WHERE e.job_id = j.id ORDER BY e.seq DESC LIMIT 1
  ) last ON true
  WHERE j.status IN ('pending', 'running') AND coalesce(last.at, j.created_at) < now() - age
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_session(uuid), phial_redeem_login_token(text, text, interval),
  phial_revoke_session(uuid), phial_quiet_jobs(interval) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION phial_session(uuid), phial_redeem_login_token(text, text, interval),
  phial_revoke_session(uuid), phial_quiet_jobs(interval) TO phial_app;
