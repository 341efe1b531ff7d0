-- People: what is read or written before a workspace is known goes through narrow functions, and
-- secrets (hashes of passwords and tokens) are in tables that the app role cannot read at all.
SELECT phial_guard('invitations', 'SELECT, INSERT, UPDATE'),
       -- Append-only: no right to change or remove an entry.
       phial_guard('audit_log', 'SELECT, INSERT');
--> statement-breakpoint
ALTER TABLE passwords ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE identities ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE mail_tokens ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE UPDATE ON sessions FROM phial_app;
--> statement-breakpoint
DROP FUNCTION phial_session(uuid);
--> statement-breakpoint
DROP FUNCTION phial_redeem_login_token(text, text, interval);
--> statement-breakpoint
DROP FUNCTION phial_revoke_session(uuid);
--> statement-breakpoint
-- The session of an id. A web session's end moves on with its use, up to a longest life; that is
-- written every five minutes only.
CREATE FUNCTION phial_session(given uuid, roll interval, longest interval)
RETURNS TABLE (user_id uuid, user_name text, user_email text, workspace_id uuid, workspace_name text,
               role text, is_local boolean, kind text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  UPDATE sessions s
  SET last_seen_at = now(),
      expires_at = CASE s.kind WHEN 'web' THEN least(now() + roll, s.created_at + longest)
                   ELSE s.expires_at END
  WHERE s.id = given AND s.revoked_at IS NULL AND s.expires_at > now()
    AND s.last_seen_at < now() - interval '5 minutes';
  RETURN QUERY
    SELECT u.id, u.name, u.email, w.id, w.name, m.role, w.is_local, s.kind
    FROM sessions s
    JOIN users u ON u.id = s.user_id
    JOIN workspaces w ON w.id = s.workspace_id
    JOIN memberships m ON m.user_id = s.user_id AND m.workspace_id = s.workspace_id
    WHERE s.id = given AND s.revoked_at IS NULL AND s.expires_at > now();
END $$;
--> statement-breakpoint
-- A new session; null unless the person is a member there.
CREATE FUNCTION phial_create_session(person uuid, workspace uuid, session_kind text, agent text,
                                     from_address text, lifetime interval)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  INSERT INTO sessions (user_id, workspace_id, kind, user_agent, address, expires_at)
  SELECT m.user_id, m.workspace_id, session_kind, left(agent, 300), left(from_address, 64), now() + lifetime
  FROM memberships m WHERE m.user_id = person AND m.workspace_id = workspace
  RETURNING id
$$;
--> statement-breakpoint
CREATE FUNCTION phial_revoke_session(given uuid, owner uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now()
    WHERE id = given AND user_id = owner AND revoked_at IS NULL RETURNING 1
  ) SELECT EXISTS (SELECT 1 FROM ended)
$$;
--> statement-breakpoint
CREATE FUNCTION phial_revoke_sessions(owner uuid, spared uuid) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now()
    WHERE user_id = owner AND id IS DISTINCT FROM spared AND revoked_at IS NULL AND expires_at > now()
    RETURNING 1
  ) SELECT count(*)::integer FROM ended
$$;
--> statement-breakpoint
CREATE FUNCTION phial_user_sessions(owner uuid)
RETURNS TABLE (id uuid, kind text, workspace_name text, user_agent text, address text,
               created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT s.id, s.kind, w.name, s.user_agent, s.address, s.created_at, s.last_seen_at, s.expires_at
  FROM sessions s JOIN workspaces w ON w.id = s.workspace_id
  WHERE s.user_id = owner AND s.revoked_at IS NULL AND s.expires_at > now()
  ORDER BY s.last_seen_at DESC, s.id
$$;
--> statement-breakpoint
CREATE FUNCTION phial_switch_workspace(given uuid, owner uuid, workspace uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  WITH moved AS (
    UPDATE sessions s SET workspace_id = workspace
    WHERE s.id = given AND s.user_id = owner AND s.kind = 'web' AND s.revoked_at IS NULL
      AND EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = owner AND m.workspace_id = workspace)
    RETURNING 1
  ) SELECT EXISTS (SELECT 1 FROM moved)
$$;
--> statement-breakpoint
CREATE FUNCTION phial_memberships(person uuid)
RETURNS TABLE (workspace_id uuid, workspace_name text, role text, is_local boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT w.id, w.name, m.role, w.is_local
  FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
  WHERE m.user_id = person ORDER BY m.created_at, w.id
$$;
--> statement-breakpoint
-- Whoever spends a one-time token of `up` may have a session there.
CREATE FUNCTION phial_redeem_login_token(given text)
RETURNS TABLE (user_id uuid, workspace_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  UPDATE login_tokens t SET used_at = now()
  WHERE t.token_sha256 = given AND t.used_at IS NULL AND t.expires_at > now()
  RETURNING t.user_id, t.workspace_id
$$;
--> statement-breakpoint
CREATE FUNCTION phial_issue_login_token(person uuid, workspace uuid, token text, lifetime interval)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  INSERT INTO login_tokens (token_sha256, user_id, workspace_id, expires_at)
  SELECT token, m.user_id, m.workspace_id, now() + lifetime
  FROM memberships m WHERE m.user_id = person AND m.workspace_id = workspace
$$;
--> statement-breakpoint
CREATE FUNCTION phial_user_by_email(given text)
RETURNS TABLE (user_id uuid, user_name text, is_verified boolean, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT u.id, u.name, u.email_verified_at IS NOT NULL, p.hash
  FROM users u LEFT JOIN passwords p ON p.user_id = u.id WHERE u.email = given
$$;
--> statement-breakpoint
CREATE FUNCTION phial_account(person uuid)
RETURNS TABLE (user_name text, email text, is_verified boolean, password_hash text,
               password_changed_at timestamptz, issuers text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT u.name, u.email, u.email_verified_at IS NOT NULL, p.hash, p.changed_at,
         ARRAY(SELECT DISTINCT i.issuer FROM identities i WHERE i.user_id = u.id ORDER BY 1)
  FROM users u LEFT JOIN passwords p ON p.user_id = u.id WHERE u.id = person
$$;
--> statement-breakpoint
CREATE FUNCTION phial_has_users() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM users) $$;
--> statement-breakpoint
-- A new person; null when the address is taken, or when they were to be the first and are not.
CREATE FUNCTION phial_create_user(given_name text, given_email text, verified boolean, only_first boolean)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  made uuid;
BEGIN
  IF only_first THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('phial:first-user', 0));
    IF EXISTS (SELECT 1 FROM users) THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO users (name, email, email_verified_at)
  VALUES (given_name, given_email, CASE WHEN verified THEN now() END)
  ON CONFLICT (email) DO NOTHING RETURNING id INTO made;
  RETURN made;
END $$;
--> statement-breakpoint
CREATE FUNCTION phial_rename_user(person uuid, given_name text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE users SET name = given_name WHERE id = person $$;
--> statement-breakpoint
CREATE FUNCTION phial_set_password(person uuid, given_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  INSERT INTO passwords (user_id, hash) VALUES (person, given_hash)
  ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = now()
$$;
--> statement-breakpoint
CREATE FUNCTION phial_user_by_identity(given_issuer text, given_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$ SELECT user_id FROM identities WHERE issuer = given_issuer AND subject = given_subject $$;
--> statement-breakpoint
CREATE FUNCTION phial_link_identity(given_issuer text, given_subject text, person uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ INSERT INTO identities (issuer, subject, user_id) VALUES (given_issuer, given_subject, person) $$;
--> statement-breakpoint
CREATE FUNCTION phial_create_workspace(person uuid, given_name text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  made uuid;
BEGIN
  INSERT INTO workspaces (name) VALUES (given_name) RETURNING id INTO made;
  INSERT INTO memberships (workspace_id, user_id, role) VALUES (made, person, 'admin');
  RETURN made;
END $$;
--> statement-breakpoint
CREATE FUNCTION phial_invitation(given text)
RETURNS TABLE (id uuid, workspace_id uuid, workspace_name text, role text, email text,
               invited_by text, state text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT i.id, i.workspace_id, w.name, i.role, i.email, u.name,
         CASE WHEN i.revoked_at IS NOT NULL THEN 'revoked'
              WHEN i.accepted_at IS NOT NULL THEN 'accepted'
              WHEN i.expires_at <= now() THEN 'expired' ELSE 'open' END,
         i.expires_at
  FROM invitations i JOIN workspaces w ON w.id = i.workspace_id LEFT JOIN users u ON u.id = i.invited_by
  WHERE i.token_sha256 = given
$$;
--> statement-breakpoint
-- Makes the person a member. False when the invitation is spent, or for another address.
CREATE FUNCTION phial_accept_invitation(given text, person uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  spent invitations;
BEGIN
  UPDATE invitations i SET accepted_at = now(), accepted_by = person
  WHERE i.token_sha256 = given AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
    AND (i.email IS NULL OR i.email = (SELECT u.email FROM users u WHERE u.id = person))
  RETURNING i.* INTO spent;
  IF NOT FOUND THEN RETURN false; END IF;
  -- Who was sent it reads that mailbox.
  UPDATE users SET email_verified_at = now()
  WHERE id = person AND email = spent.email AND email_verified_at IS NULL;
  INSERT INTO memberships (workspace_id, user_id, role) VALUES (spent.workspace_id, person, spent.role)
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
--> statement-breakpoint
-- A later link takes the place of an earlier one.
CREATE FUNCTION phial_issue_mail_token(person uuid, for_purpose text, token text, to_email text, lifetime interval)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  DELETE FROM mail_tokens WHERE user_id = person AND purpose = for_purpose;
  INSERT INTO mail_tokens (token_sha256, purpose, user_id, email, expires_at)
  VALUES (token, for_purpose, person, to_email, now() + lifetime);
END $$;
--> statement-breakpoint
CREATE FUNCTION phial_mail_token(given text, for_purpose text)
RETURNS TABLE (user_id uuid, email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  SELECT t.user_id, t.email FROM mail_tokens t
  WHERE t.token_sha256 = given AND t.purpose = for_purpose AND t.used_at IS NULL AND t.expires_at > now()
$$;
--> statement-breakpoint
-- Spends a mailed link: the person has its address from now on. Null when it is no good, or when
-- the address has become someone else's.
CREATE FUNCTION phial_spend_mail_token(given text, for_purpose text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  spent mail_tokens;
BEGIN
  UPDATE mail_tokens t SET used_at = now()
  WHERE t.token_sha256 = given AND t.purpose = for_purpose AND t.used_at IS NULL AND t.expires_at > now()
  RETURNING t.* INTO spent;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE users SET email = spent.email, email_verified_at = now() WHERE id = spent.user_id;
  RETURN spent.user_id;
EXCEPTION WHEN unique_violation THEN RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION phial_issue_refresh_token(session uuid, token text, lifetime interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  INSERT INTO refresh_tokens (token_sha256, session_id, expires_at) VALUES (token, session, now() + lifetime)
$$;
--> statement-breakpoint
-- Spends a refresh token for the next. One that was spent before is in two hands: its session ends.
CREATE FUNCTION phial_rotate_refresh_token(given text, next_token text, lifetime interval)
RETURNS TABLE (session_id uuid, is_reused boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  token refresh_tokens;
BEGIN
  SELECT t.* INTO token FROM refresh_tokens t WHERE t.token_sha256 = given FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF token.used_at IS NOT NULL THEN
    UPDATE sessions SET revoked_at = now() WHERE id = token.session_id AND revoked_at IS NULL;
    RETURN QUERY SELECT token.session_id, true;
    RETURN;
  END IF;
  IF token.expires_at <= now() THEN RETURN; END IF;
  UPDATE sessions SET expires_at = now() + lifetime, last_seen_at = now()
  WHERE id = token.session_id AND revoked_at IS NULL AND expires_at > now();
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE refresh_tokens SET used_at = now() WHERE token_sha256 = given;
  INSERT INTO refresh_tokens (token_sha256, session_id, expires_at)
  VALUES (next_token, token.session_id, now() + lifetime);
  RETURN QUERY SELECT token.session_id, false;
END $$;
--> statement-breakpoint
-- The bell for whoever serves this session: it ended, or stands elsewhere now.
CREATE FUNCTION phial_session_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_notify('phial_access', OLD.id::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER session_changed AFTER UPDATE OF revoked_at, workspace_id ON sessions FOR EACH ROW
WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at OR OLD.workspace_id <> NEW.workspace_id)
EXECUTE FUNCTION phial_session_changed();
--> statement-breakpoint
CREATE TRIGGER session_gone AFTER DELETE ON sessions FOR EACH ROW
EXECUTE FUNCTION phial_session_changed();
--> statement-breakpoint
-- Whoever leaves a workspace goes on in another of theirs; a program does not change its place.
CREATE FUNCTION phial_membership_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  other uuid;
BEGIN
  SELECT m.workspace_id INTO other FROM memberships m
  WHERE m.user_id = OLD.user_id ORDER BY m.created_at, m.workspace_id LIMIT 1;
  UPDATE sessions SET workspace_id = other
  WHERE user_id = OLD.user_id AND workspace_id = OLD.workspace_id AND revoked_at IS NULL
    AND kind = 'web' AND other IS NOT NULL;
  UPDATE sessions SET revoked_at = now()
  WHERE user_id = OLD.user_id AND workspace_id = OLD.workspace_id AND revoked_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER membership_gone AFTER DELETE ON memberships FOR EACH ROW
EXECUTE FUNCTION phial_membership_gone();
--> statement-breakpoint
CREATE FUNCTION phial_role_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
  PERFORM pg_notify('phial_access', s.id::text) FROM sessions s
  WHERE s.user_id = NEW.user_id AND s.workspace_id = NEW.workspace_id
    AND s.revoked_at IS NULL AND s.expires_at > now();
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER role_changed AFTER UPDATE OF role ON memberships FOR EACH ROW
WHEN (OLD.role <> NEW.role) EXECUTE FUNCTION phial_role_changed();
--> statement-breakpoint
DO $$
DECLARE
  fn regprocedure;
BEGIN
  FOREACH fn IN ARRAY ARRAY[
    'phial_session(uuid, interval, interval)',
    'phial_create_session(uuid, uuid, text, text, text, interval)',
    'phial_revoke_session(uuid, uuid)',
    'phial_revoke_sessions(uuid, uuid)',
    'phial_user_sessions(uuid)',
    'phial_switch_workspace(uuid, uuid, uuid)',
    'phial_memberships(uuid)',
    'phial_redeem_login_token(text)',
    'phial_issue_login_token(uuid, uuid, text, interval)',
    'phial_user_by_email(text)',
    'phial_account(uuid)',
    'phial_has_users()',
    'phial_create_user(text, text, boolean, boolean)',
    'phial_rename_user(uuid, text)',
    'phial_set_password(uuid, text)',
    'phial_user_by_identity(text, text)',
    'phial_link_identity(text, text, uuid)',
    'phial_create_workspace(uuid, text)',
    'phial_invitation(text)',
    'phial_accept_invitation(text, uuid)',
    'phial_issue_mail_token(uuid, text, text, text, interval)',
    'phial_mail_token(text, text)',
    'phial_spend_mail_token(text, text)',
    'phial_issue_refresh_token(uuid, text, interval)',
    'phial_rotate_refresh_token(text, text, interval)'
  ]::regprocedure[] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', fn);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO phial_app', fn);
  END LOOP;
END $$;
