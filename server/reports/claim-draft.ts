/** Builds one claim: citations are gathered once each, slots point to them. Browser-safe. */
import type { Citation, Place } from '@/server/evidence/schema';
import type { Slot } from './schema';
import type { ClaimBasis } from './slots';
import { type Section, slotsOf, templateOf } from './templates';

/** What is cited: a place, and the record it was read for. */
export interface Cite {
  evidenceId: string;
  place: Place;
}

/** An input of a derivation: the name of a slot, a citation, or null where nothing is stated. */
export type Input = string | Cite | null;

export interface DraftedClaim extends ClaimBasis {
  section: Section;
}

/** The slot that stands for "not stated" among a derivation's inputs. */
const NOTHING = 'nothing';

export class ClaimDraft {
  private readonly slots: Record<string, Slot> = {};
  private readonly citations: Citation[] = [];
  private readonly indexes = new Map<string, number>();

  constructor(private readonly template: string) {}

  /** Fills a slot with a cited value; does nothing when there is none. */
  put(slot: string, cite: Cite | null): this {
    if (cite) this.slots[slot] = { citation: this.index(cite) };
    return this;
  }

  /** Fills a slot by a derivation. */
  derive(slot: string, derivation: string, ...inputs: Input[]): this {
    this.slots[slot] = {
      derive: derivation,
      from: inputs.map((input) => {
        if (typeof input === 'string') return input;
        if (input) return this.index(input);
        this.slots[NOTHING] = { derive: 'none@1', from: [] };
        return NOTHING;
      }),
    };
    return this;
  }

  /** Like derive, but does nothing when any input is missing. */
  deriveIf(slot: string, derivation: string, ...inputs: Input[]): this {
    return inputs.includes(null) ? this : this.derive(slot, derivation, ...inputs);
  }

  /** The claim, without slots and citations that its text does not rest on. */
  build(): DraftedClaim {
    const template = templateOf(this.template);
    if (!template) throw new Error(`There is no template ${this.template}.`);
    const needed = slotsBehind(slotsOf(template.pattern), this.slots);
    const cited = this.citations.flatMap((_, index) =>
      [...needed].some((name) => uses(this.slots[name], index)) ? [index] : [],
    );
    const newIndex = new Map(cited.map((old, index) => [old, index]));
    const moved = (input: string | number) =>
      typeof input === 'number' ? (newIndex.get(input) as number) : input;
    const slots = Object.entries(this.slots).flatMap(([name, slot]): [string, Slot][] => {
      if (!needed.has(name)) return [];
      return 'citation' in slot
        ? [[name, { citation: moved(slot.citation) as number }]]
        : [[name, { ...slot, from: slot.from.map(moved) }]];
    });
    return {
      section: template.section,
      template: this.template,
      slots: Object.fromEntries(slots),
      citations: cited.map((index) => this.citations[index] as Citation),
    };
  }

  /** All slots as they stand, to be computed before the claim is finished. */
  basis(): ClaimBasis {
    return { template: this.template, slots: this.slots, citations: this.citations };
  }

  private index({ evidenceId, place }: Cite): number {
    const citation = { evidenceId, ...place } as Citation;
    const key = keyOf(citation);
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    this.citations.push(citation);
    this.indexes.set(key, this.citations.length - 1);
    return this.citations.length - 1;
  }
}

/** The slots that these rest on, themselves included. */
export function slotsBehind(names: readonly string[], slots: Record<string, Slot>): Set<string> {
  const reached = new Set(names.filter((name) => Object.hasOwn(slots, name)));
  for (const name of reached) {
    const slot = slots[name];
    if (!slot || 'citation' in slot) continue;
    for (const input of slot.from) {
      if (typeof input === 'string' && Object.hasOwn(slots, input)) reached.add(input);
    }
  }
  return reached;
}

function uses(slot: Slot | undefined, citation: number): boolean {
  if (!slot) return false;
  return 'citation' in slot ? slot.citation === citation : slot.from.includes(citation);
}

/** A place of a record; what stands there follows from it. */
function keyOf(citation: Citation): string {
  const { evidenceId, snapshotSha256 } = citation;
  const pointer = 'pointer' in citation ? citation.pointer : '';
  const range = 'start' in citation ? `${citation.start}-${citation.end}` : '';
  return [evidenceId, snapshotSha256, range, pointer].join(' ');
}

/** Citations for one record: turns its facts' places into what a draft takes. */
export function citing(evidence: { id: string }) {
  return (place: Place | null | undefined): Cite | null =>
    place ? { evidenceId: evidence.id, place } : null;
}
