import { Button } from '@/components/ui/button';
import { InputField, SelectField } from '@/components/ui/field';
import { AUDIT_ACTIONS } from '@/server/audit/schema';

const actions = [
  { value: '', label: 'Everything' },
  ...Object.entries(AUDIT_ACTIONS).map(([value, label]) => ({ value, label })),
];

/** A plain form: its choices stand in the address. */
export function AuditFilterForm({
  action,
  search,
  from,
  to,
}: {
  action: string | null;
  search: string | null;
  from: string | null;
  to: string | null;
}) {
  return (
    <search>
      <form
        action="/settings/audit"
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      >
        <SelectField
          label="What was done"
          name="action"
          options={actions}
          defaultValue={action ?? ''}
        />
        <InputField
          label="Name or address"
          name="q"
          type="search"
          data-search
          autoComplete="off"
          maxLength={200}
          defaultValue={search ?? ''}
        />
        <InputField label="From" name="from" type="date" defaultValue={from ?? ''} />
        <InputField label="To" name="to" type="date" defaultValue={to ?? ''} />
        <Button type="submit">Show</Button>
      </form>
    </search>
  );
}
