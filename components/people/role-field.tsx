import { SelectField } from '@/components/ui/field';

const ROLES = [
  { value: 'viewer', label: 'viewer' },
  { value: 'researcher', label: 'researcher' },
  { value: 'admin', label: 'admin' },
];

export function RoleField({
  label,
  value,
  hideLabel,
}: {
  label: string;
  value?: string;
  hideLabel?: boolean;
}) {
  return (
    <SelectField
      label={label}
      hideLabel={hideLabel}
      name="role"
      options={ROLES}
      defaultValue={value ?? 'viewer'}
    />
  );
}
