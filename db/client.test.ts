import { describe, expect, it } from 'vitest';
import { leadsDirectly } from './client';

describe('the way to the database', () => {
  const direct = 'postgres://queue:b@db.example:5432/phial';

  it('is direct where both addresses name the same server', () => {
    expect(leadsDirectly('postgres://app:a@db.example:5432/phial', direct)).toBe(true);
    expect(leadsDirectly('postgres:///phial?host=/run/a', 'postgres:///phial?host=/run/a')).toBe(
      true,
    );
  });

  it('leads through a pooler where they differ, and where one cannot be read', () => {
    expect(leadsDirectly('postgres://app:a@db.example:6432/phial', direct)).toBe(false);
    expect(leadsDirectly('postgres://app:a@pooler:5432/phial', direct)).toBe(false);
    expect(leadsDirectly('postgres:///phial?host=/run/a', 'postgres:///phial?host=/run/b')).toBe(
      false,
    );
    expect(leadsDirectly('postgres://a:1,b:2/phial', 'postgres://a:1,b:2/phial')).toBe(false);
  });
});
