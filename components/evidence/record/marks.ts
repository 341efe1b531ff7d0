/** Parts a text where sentences of it are marked. Pure. */

export interface Mark {
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  stance: 'supports' | 'contradicts';
  /** What it speaks of. */
  of: string;
}

export interface Piece {
  from: number;
  words: string;
  mark: Mark | null;
}

/**
 * The text in pieces, each marked or not. Marks of the same sentence become one that names all it
 * speaks of; opposition wins. A mark that reaches outside the text, or into another, is left out: a
 * highlight is never guessed.
 */
export function marked(text: string, marks: readonly Mark[]): Piece[] {
  const bySentence = new Map<string, Mark>();
  for (const mark of marks) {
    if (mark.start < 0 || mark.end > text.length || mark.end <= mark.start) continue;
    const key = `${mark.start}-${mark.end}`;
    const other = bySentence.get(key);
    if (!other) {
      bySentence.set(key, mark);
      continue;
    }
    const stance = [mark, other].some((m) => m.stance === 'contradicts')
      ? 'contradicts'
      : 'supports';
    bySentence.set(key, { ...mark, stance, of: `${other.of}, ${mark.of}` });
  }
  const pieces: Piece[] = [];
  let at = 0;
  for (const mark of [...bySentence.values()].sort((a, b) => a.start - b.start)) {
    if (mark.start < at) continue;
    if (mark.start > at) pieces.push({ from: at, words: text.slice(at, mark.start), mark: null });
    pieces.push({ from: mark.start, words: text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < text.length) pieces.push({ from: at, words: text.slice(at), mark: null });
  return pieces;
}
