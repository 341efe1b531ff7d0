/**
 * Reads XML so that every text and attribute can be cited as a raw slice of the body. Offsets are
 * UTF-16 units of the body as decoded, byte order mark counted.
 */
import { Parser } from 'htmlparser2';
import type { SlicePlace } from '@/server/evidence/schema';
import { displayOf } from '@/server/reports/places';
import { type Snapshot, SourceFault } from './contract';

/**
 * The root element of the body. Throws SourceFault `unreadable` when the body is no XML or an
 * element is not closed, as when the answer broke off.
 */
export function xmlRoot(snapshot: Snapshot): XmlElement {
  const { text } = snapshot;
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let isWellFormed = true;

  const parser = new Parser(
    {
      onopentag(name) {
        const element = new XmlElement(snapshot, name, parser.startIndex, parser.endIndex + 1);
        const parent = open.at(-1);
        if (parent) parent.elements.push(element);
        else root ??= element;
        open.push(element);
      },
      onclosetag(_name, isImplied) {
        const element = open.pop();
        if (!element) return;
        if (!isImplied) {
          element.innerEnd = text.lastIndexOf('</', parser.endIndex);
        } else if (!text.startsWith('/>', element.innerStart - 2)) {
          isWellFormed = false;
        }
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(text);

  if (!root || !isWellFormed) {
    throw new SourceFault('unreadable', 'The answer is not complete XML.');
  }
  return root;
}

export class XmlElement {
  /** Child elements in document order. */
  readonly elements: XmlElement[] = [];
  innerEnd: number;

  constructor(
    private readonly snapshot: Snapshot,
    readonly name: string,
    private readonly start: number,
    readonly innerStart: number,
  ) {
    this.innerEnd = innerStart;
  }

  /** The first element reached by these names, one level each. */
  first(...names: string[]): XmlElement | null {
    return this.all(...names)[0] ?? null;
  }

  /** All elements reached by these names, one level each, in document order. */
  all(...names: string[]): XmlElement[] {
    return names.reduce<XmlElement[]>(
      (reached, name) =>
        reached.flatMap((element) => element.elements.filter((child) => child.name === name)),
      [this],
    );
  }

  /** The inner XML without surrounding blanks; null where nothing of it would show. */
  text(): SlicePlace | null {
    return this.slice(this.innerStart, this.innerEnd);
  }

  /** The first match of `pattern` in the raw inner XML. */
  match(pattern: RegExp): SlicePlace | null {
    const found = pattern.exec(this.snapshot.text.slice(this.innerStart, this.innerEnd));
    if (!found) return null;
    const start = this.innerStart + found.index;
    return this.slice(start, start + found[0].length);
  }

  attribute(name: string): SlicePlace | null {
    const tag = this.snapshot.text.slice(this.start, this.innerStart);
    for (const found of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      if (found[1] !== name) continue;
      const value = found[2] ?? found[3] ?? '';
      const end = this.start + found.index + found[0].length - 1;
      return this.slice(end - value.length, end);
    }
    return null;
  }

  private slice(from: number, to: number): SlicePlace | null {
    const raw = this.snapshot.text.slice(from, to);
    const quote = raw.trim();
    const display = displayOf(quote);
    if (display.trim() === '') return null;
    const start = from + raw.indexOf(quote);
    return {
      snapshotSha256: this.snapshot.sha256,
      start,
      end: start + quote.length,
      quote,
      display,
    };
  }
}
