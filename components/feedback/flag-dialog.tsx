'use client';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { FlagReason } from '@/server/feedback/schema';
import { FlagFields } from './flag-fields';

export function FlagDialog({
  evidenceId,
  onClose,
  onFlag,
}: {
  evidenceId: string | null;
  onClose: () => void;
  onFlag: (evidenceId: string, reason: FlagReason, comment: string) => void;
}) {
  return (
    <Dialog
      open={evidenceId !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Flag this record"
      description="It goes to the review queue, where an admin or researcher decides."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const reason = String(form.get('reason')) as FlagReason;
          if (evidenceId) onFlag(evidenceId, reason, String(form.get('comment') ?? ''));
        }}
      >
        <FlagFields />
        <div className="flex gap-2">
          <Button type="submit" look="primary">
            Flag
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
