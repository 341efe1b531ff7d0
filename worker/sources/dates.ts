/** An ISO date, month or year out of the forms that sources write; null where it is none. */
export function isoDate(written: string | null | undefined): string | null {
  const text = written?.trim() ?? '';
  if (/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text)) return text;
  const compact = /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.exec(text);
  return compact ? `${compact[1]}-${compact[2]}-${compact[3]}` : null;
}
