/**
 * What a claim says, computed anew: cited values and derivations fill slots, slots fill the template.
 * Browser-safe.
 */
import { type Citation, type Json, said } from '@/server/evidence/schema';
import { derivationOf, type ReportFacts } from './derive';
import type { Claim } from './schema';
import { slotsOf, type Template, templateOf } from './templates';

/** The part of a claim that its text follows from. */
export type ClaimBasis = Pick<Claim, 'template' | 'slots' | 'citations'>;

/** A slot or a template that cannot be computed; the message says which and why. */
export class NotDerivable extends Error {
  override name = 'NotDerivable';
}

/** The value of every slot. Throws NotDerivable. */
export function slotValues(claim: ClaimBasis, report: ReportFacts): Record<string, Json> {
  const read = slotReader(claim, report);
  return Object.fromEntries(Object.keys(claim.slots).map((name) => [name, read(name)]));
}

/** The value of one slot and of no more than it rests on. Throws NotDerivable. */
export function slotValue(claim: ClaimBasis, report: ReportFacts, name: string): Json {
  return slotReader(claim, report)(name);
}

function slotReader(claim: ClaimBasis, report: ReportFacts): (name: string) => Json {
  const values = new Map<string, Json>();
  const open = new Set<string>();
  const read = (name: string): Json => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const slot = Object.hasOwn(claim.slots, name) ? claim.slots[name] : undefined;
    if (!slot) throw new NotDerivable(`there is no slot ${name}`);
    if (open.has(name)) throw new NotDerivable(`the slot ${name} follows from itself`);
    open.add(name);
    const value =
      'citation' in slot
        ? citedValue(claim, slot.citation)
        : derived(
            name,
            slot.derive,
            slot.from.map((input) => inputOf(claim, input, read)),
            report,
          );
    open.delete(name);
    values.set(name, value);
    return value;
  };
  return read;
}

/** What a citation says: its JSON value, or its words. */
export function citationValue(citation: Citation): Json {
  return said(citation as never);
}

function citedValue(claim: ClaimBasis, index: number): Json {
  const citation = claim.citations[index];
  if (!citation) throw new NotDerivable(`there is no citation ${index}`);
  return citationValue(citation);
}

interface Given {
  value: Json;
  citation: Citation | null;
}

function inputOf(claim: ClaimBasis, input: string | number, read: (name: string) => Json): Given {
  const slot =
    typeof input === 'string' && Object.hasOwn(claim.slots, input) ? claim.slots[input] : null;
  const index =
    typeof input === 'number' ? input : slot && 'citation' in slot ? slot.citation : null;
  if (index === null) return { value: read(String(input)), citation: null };
  return { value: citedValue(claim, index), citation: claim.citations[index] ?? null };
}

function derived(slot: string, name: string, inputs: Given[], report: ReportFacts): Json {
  const derivation = derivationOf(name);
  if (!derivation) throw new NotDerivable(`the derivation ${name} of slot ${slot} is not known`);
  try {
    return derivation.compute(
      inputs.map(({ value }) => value),
      report,
      inputs.map(({ citation }) => citation),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotDerivable(`slot ${slot}: ${name} cannot be computed: ${reason}`);
  }
}

/** The text of a claim: its template filled with its slots. Throws NotDerivable. */
export function renderClaim(claim: ClaimBasis, report: ReportFacts): string {
  const template = templateOf(claim.template);
  if (!template) throw new NotDerivable(`the template ${claim.template} is not known`);
  return renderTemplate(template, slotValues(claim, report));
}

/**
 * Fills a pattern. `[[ … ]]` is an optional part: left out when one of its slots is not in the claim.
 * Blanks within a value are shown as one space.
 */
export function renderTemplate(template: Template, values: Record<string, Json>): string {
  const fill = (part: string) =>
    part.replace(/\{(\w+)\}/g, (_, slot: string) => shown(slot, values[slot]));
  return template.pattern
    .split(/(\[\[[\s\S]*?\]\])/)
    .map((part) => {
      if (!part.startsWith('[[')) return fill(part);
      const inner = part.slice(2, -2);
      const isComplete = slotsOf(inner).every((slot) => Object.hasOwn(values, slot));
      return isComplete ? fill(inner) : '';
    })
    .join('');
}

function shown(slot: string, value: Json | undefined): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') {
    throw new NotDerivable(`slot ${slot} holds no text or number`);
  }
  const text = value.replace(/\s+/g, ' ').trim();
  if (text === '') throw new NotDerivable(`slot ${slot} is empty`);
  return text;
}
