/** What the sign-in page says when the way by the identity provider led back to it, by reason. */
export const PROBLEMS: Record<string, string> = {
  EMAIL_UNCONFIRMED:
    'There is an account with your address that never confirmed it. Choose a new password for it, which shows that it is yours; then sign in this way.',
  REGISTRATION_CLOSED:
    'You have no account here. Accounts are made by invitation: ask an admin of a workspace for one.',
  NO_WORKSPACE: 'You belong to no workspace. Ask an admin of one for an invitation.',
  INVITATION_CLOSED: 'This invitation is no longer good. Ask for a new one.',
  INVITATION_OF_ANOTHER: 'This invitation is for another e-mail address than yours.',
};

export const PROVIDER_REFUSED =
  'The identity provider did not sign you in. Try again, or sign in another way.';
