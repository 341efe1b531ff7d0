import type { Metadata } from 'next';
import { confirm } from '@/app/sign-in/actions';
import { Door } from '@/components/people/door';
import { OneButtonForm } from '@/components/people/door-forms';

export const metadata: Metadata = { title: 'Confirm your address', referrer: 'no-referrer' };

/** Programs that look at mail follow links too: only the button confirms. */
export default async function ConfirmEmailPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const { token = '' } = await searchParams;
  return (
    <Door
      title="Confirm your address"
      lead="It shows that the mailbox is yours, so that you can sign in and be reached by it."
    >
      <OneButtonForm action={confirm} name="token" value={token} pendingLabel="Confirming">
        Confirm
      </OneButtonForm>
    </Door>
  );
}
