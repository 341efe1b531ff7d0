'use client';

import { debounce, parseAsString, useQueryStates } from 'nuqs';
import { InputField } from '@/components/ui/field';

const parsers = { q: parseAsString.withDefault(''), cursor: parseAsString };

/**
 * Searches what the page lists; the text stands in the address. Sent as a plain form before scripts
 * have loaded. Another search begins at the first page again.
 */
export function SearchField({
  label,
  placeholder,
  action,
  keep = {},
}: {
  label: string;
  placeholder?: string;
  /** The page's own address. */
  action: string;
  /** Other choices in the address that the plain form has to carry along. */
  keep?: Record<string, string>;
}) {
  const [{ q }, setQuery] = useQueryStates(parsers, { shallow: false, history: 'replace' });
  return (
    <search className="block w-full max-w-xs">
      <form action={action} onSubmit={(event) => event.preventDefault()}>
        {Object.entries(keep).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <InputField
          label={label}
          hideLabel
          name="q"
          type="search"
          data-search
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={placeholder ?? label}
          value={q}
          onChange={(event) => {
            const text = event.target.value;
            setQuery(
              { q: text || null, cursor: null },
              { limitUrlUpdates: text ? debounce(250) : undefined },
            );
          }}
        />
      </form>
    </search>
  );
}
