-- What signed somebody in and does so no more is kept for a while, for those who look into it.
CREATE FUNCTION phial_forget_ended(age interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
  DELETE FROM sessions WHERE least(expires_at, revoked_at) < now() - age;
  DELETE FROM refresh_tokens WHERE expires_at < now() - age;
  DELETE FROM mail_tokens WHERE expires_at < now() - age;
  DELETE FROM login_tokens WHERE expires_at < now() - age;
  DELETE FROM invitations WHERE least(expires_at, revoked_at, accepted_at) < now() - age;
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION phial_forget_ended(interval) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION phial_forget_ended(interval) TO phial_app;
