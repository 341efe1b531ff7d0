/** Markers of citations: `3b,d-f` is places b and d to f of entry 3, `3b–7b` place b of 3 to 7. */

/** The places of one entry that a statement cites, as indexes of their letters. */
export interface Mark {
  number: number;
  places: number[];
}

/** The markers of one statement; consecutive entries cited alike are written as one. */
export function markTexts(marks: readonly Mark[]): { text: string; first: Mark }[] {
  const sorted = marks
    .map(({ number, places }) => ({ number, places: [...places].sort((a, b) => a - b) }))
    .sort((a, b) => a.number - b.number);
  const groups: { first: Mark; last: number }[] = [];
  for (const mark of sorted) {
    const group = groups.at(-1);
    if (group && group.last + 1 === mark.number && isAlike(group.first, mark)) {
      group.last = mark.number;
    } else {
      groups.push({ first: mark, last: mark.number });
    }
  }
  return groups.map(({ first, last }) => {
    const letters = lettersOf(first.places);
    const from = `${first.number}${letters}`;
    return { text: first.number === last ? from : `${from}–${last}${letters}`, first };
  });
}

function isAlike(a: Mark, b: Mark): boolean {
  return a.places.join() === b.places.join();
}

/** Three neighbours or more as `a-d`, all parted by commas. */
function lettersOf(places: number[]): string {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === place) last[1] = place;
    else runs.push([place, place]);
  }
  return runs
    .map(([from, to]) => {
      if (from === to) return letter(from);
      return `${letter(from)}${to === from + 1 ? ',' : '-'}${letter(to)}`;
    })
    .join(',');
}

/** a … z, then aa, ab … */
export function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}
