import Form from 'next/form';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/field';
import type { MoleculeSummary } from '@/server/jobs/queries';

/** Adds a molecule to the comparison; a plain form, so that it works before any script has loaded. */
export function Chooser({
  molecules,
  chosen,
}: {
  /** Molecules with a report that are not compared yet. */
  molecules: readonly MoleculeSummary[];
  chosen: readonly string[];
}) {
  return (
    <Form
      key={chosen.join()}
      action="/compare"
      scroll={false}
      data-screen-only
      className="flex flex-wrap items-end gap-2"
    >
      <input type="hidden" name="jobs" value={chosen.join(',')} />
      <SelectField
        label="Add a molecule"
        name="add"
        className="w-64 max-w-full"
        options={molecules.map(({ name, lastJobId, lastLabel }) => ({
          value: lastJobId,
          label: lastLabel ? `${name} (${lastLabel})` : name,
        }))}
      />
      <Button type="submit">Add</Button>
    </Form>
  );
}
