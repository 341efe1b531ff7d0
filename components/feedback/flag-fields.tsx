import { Checkbox, TextareaField } from '@/components/ui/field';
import { COMMENT_MAX_CHARACTERS, FLAG_REASONS, FLAG_WORDS } from '@/server/feedback/schema';

/** Why a record is put before the review queue; within a form. */
export function FlagFields() {
  return (
    <>
      <fieldset>
        <legend className="text-sm font-medium">This record is</legend>
        {FLAG_REASONS.map((reason, index) => (
          <Checkbox
            key={reason}
            type="radio"
            name="reason"
            value={reason}
            defaultChecked={index === 0}
            label={FLAG_WORDS[reason]}
          />
        ))}
      </fieldset>
      <TextareaField
        label="Comment"
        hint="What a colleague needs to check it: a page, a link, the other record."
        name="comment"
        rows={3}
        maxLength={COMMENT_MAX_CHARACTERS}
      />
    </>
  );
}
