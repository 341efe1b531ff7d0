/** The words of what Phial mails. Plain text: every program shows it, and nothing in it is loaded. */
import type { Letter } from './index';

const lines = (...paragraphs: string[]) => `${paragraphs.join('\n\n')}\n`;

export const invitationLetter = (to: {
  email: string;
  inviter: string;
  workspace: string;
  role: string;
  link: string;
  days: number;
}): Letter => ({
  to: to.email,
  subject: `${to.inviter} invites you to ${to.workspace} on Phial`,
  text: lines(
    `${to.inviter} invites you to the workspace "${to.workspace}" on Phial, as ${to.role}.`,
    `Open this address to join; it is good for ${to.days} days:`,
    to.link,
    'If you did not expect this, do nothing.',
  ),
});

export const resetLetter = (to: { email: string; link: string; minutes: number }): Letter => ({
  to: to.email,
  subject: 'Choose a new password for Phial',
  text: lines(
    'Someone, most likely you, asked for a new password for your Phial account.',
    `Open this address to choose one; it works once and for ${to.minutes} minutes:`,
    to.link,
    'If it was not you, do nothing: your password stays as it is.',
  ),
});

export const confirmationLetter = (to: { email: string; link: string; hours: number }): Letter => ({
  to: to.email,
  subject: 'Confirm your e-mail address for Phial',
  text: lines(
    `Open this address to confirm that ${to.email} is yours; it is good for ${to.hours} hours:`,
    to.link,
    'If you have no account at Phial, do nothing.',
  ),
});
