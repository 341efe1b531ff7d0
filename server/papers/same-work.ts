/** Whether a record is about the paper at hand: a number found on a page may be that of a cited one. Pure. */

/** Words of a title without case, accents, marks and signs. */
function words(title: string): string[] {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Dice's coefficient over the words of two titles: 1 for the same, 0 for nothing in common. */
export function titleLikeness(one: string, other: string): number {
  const [a, b] = [words(one), words(other)];
  if (a.length === 0 || b.length === 0) return 0;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const n = left.get(word) ?? 0;
    if (n === 0) continue;
    left.set(word, n - 1);
    shared += 1;
  }
  return (2 * shared) / (a.length + b.length);
}

/** Do the two lists name at least one family name in common? Unknown lists tell nothing against it. */
export function sharesAuthor(
  one: readonly { name: string; family: string }[],
  other: readonly { name: string; family: string }[],
): boolean {
  if (one.length === 0 || other.length === 0) return true;
  const family = ({ family, name }: { name: string; family: string }) =>
    words(family || (name.split(' ').at(-1) ?? '')).join(' ');
  const known = new Set(one.map(family));
  return other.some((author) => known.has(family(author)));
}
