/** Whether citations point to the fields that a template or derivation speaks of. Browser-safe. */
import type { Citation, Json } from '@/server/evidence/schema';
import { type Derivation, derivationOf, type Field } from './derive';
import { atPointer, type Body } from './places';
import type { Claim } from './schema';
import { templateOf } from './templates';

/** Longest markup looked at before a raw slice: an opening tag with its attributes. */
const BEFORE_LENGTH = 400;

/** What is wrong with where a claim's citations stand, in words; bodies as far as they are at hand. */
export function fieldProblems(
  claim: Pick<Claim, 'template' | 'slots' | 'citations'>,
  bodyOf: (snapshotSha256: string) => Body | null,
): string[] {
  const problems: string[] = [];
  const template = templateOf(claim.template);
  for (const [name, slot] of Object.entries(claim.slots)) {
    if ('citation' in slot) {
      const citation = claim.citations[slot.citation];
      const field = template?.fields?.[name];
      if (citation && field && !isField(citation, field, bodyOf)) {
        problems.push(`slot ${name} does not cite the field it stands for`);
      }
      continue;
    }
    const derivation = derivationOf(slot.derive);
    if (!derivation?.takes) continue;
    const inputs = slot.from.map((input) => inputOf(claim, input));
    for (const [position, input] of inputs.entries()) {
      const field = derivation.takes(position);
      if (!field || !input || !('citation' in input)) continue;
      if (!isField(input.citation, field, bodyOf)) {
        problems.push(`slot ${name}: input ${position + 1} of ${slot.derive} cites another field`);
      }
    }
    const [first] = inputs;
    const body = first && 'citation' in first ? bodyOf(first.citation.snapshotSha256) : null;
    if (derivation.leavesOut && body && first && 'citation' in first) {
      const what = derivation.leavesOut(first.citation, claim.citations, body);
      if (what) problems.push(`slot ${name} ${what}`);
    }
    const size = Math.min(derivation.recordEvery ?? 0, inputs.length);
    for (let start = 0; size > 0 && start < inputs.length; start += size) {
      const what = recordProblem(inputs.slice(start, start + size), start, derivation, bodyOf);
      if (what) problems.push(`slot ${name} ${what}`);
    }
  }
  return problems;
}

/** Whether inputs are fields of one record, and whether any that it states are left out. */
function recordProblem(
  inputs: Input[],
  start: number,
  derivation: Derivation,
  bodyOf: (snapshotSha256: string) => Body | null,
): string | null {
  const roots = new Map<string, Root>();
  for (const [offset, input] of inputs.entries()) {
    const field = derivation.takes?.(start + offset);
    if (!field || !input || !('citation' in input)) continue;
    const root = rootOf(input.citation, field);
    roots.set(`${root.evidenceId} ${root.snapshotSha256} ${root.pointer}`, root);
  }
  const [root, ...others] = roots.values();
  if (!root || others.length > 0) return 'mixes several records';
  const record = jsonAt(bodyOf(root.snapshotSha256), root.pointer);
  if (!derivation.partsOf || record === undefined) return null;
  const cited = inputs.map((input) =>
    input && 'citation' in input && 'pointer' in input.citation
      ? input.citation.pointer.slice(root.pointer.length)
      : null,
  );
  const parts = derivation.partsOf(record);
  const missing = parts.find((part, index) => part !== (cited[index] ?? null));
  if (missing !== undefined || parts.length !== cited.length) {
    return `does not cite what the record states${missing ? ` at ${missing}` : ''}`;
  }
  return null;
}

type Input = { citation: Citation } | { nothing: true } | null;

/** What an entry of `from` comes down to, where it is a citation or nothing. */
function inputOf(claim: Pick<Claim, 'slots' | 'citations'>, input: string | number): Input {
  const citation = (index: number): Input => {
    const cited = claim.citations[index];
    return cited ? { citation: cited } : null;
  };
  if (typeof input === 'number') return citation(input);
  const slot = Object.hasOwn(claim.slots, input) ? claim.slots[input] : undefined;
  if (!slot) return null;
  if ('citation' in slot) return citation(slot.citation);
  return slot.derive === 'none@1' ? { nothing: true } : null;
}

function isField(
  citation: Citation,
  field: Field,
  bodyOf: (snapshotSha256: string) => Body | null,
): boolean {
  if ('pointer' in citation) {
    if (field.tail !== undefined) return citation.pointer.endsWith(field.tail);
    return field.pointer === undefined || field.pointer.test(citation.pointer);
  }
  if (field.before === undefined) return field.tail === undefined && field.pointer === undefined;
  const body = bodyOf(citation.snapshotSha256);
  if (!body) return true;
  const before = body.text.slice(Math.max(0, citation.start - BEFORE_LENGTH), citation.start);
  return field.before.test(before);
}

interface Root {
  evidenceId: string;
  snapshotSha256: string;
  pointer: string;
}

/** The record a citation stands in: the same for all fields of one record. */
function rootOf(citation: Citation, field: Field): Root {
  const { evidenceId, snapshotSha256 } = citation;
  // In markup a record has no address of its own; its evidence tells it.
  if (!('pointer' in citation)) return { evidenceId, snapshotSha256, pointer: '' };
  const { pointer } = citation;
  const length =
    field.tail !== undefined
      ? pointer.length - field.tail.length
      : (field.pointer?.exec(pointer)?.index ?? pointer.length);
  return { evidenceId, snapshotSha256, pointer: pointer.slice(0, length) };
}

function jsonAt(body: Body | null, pointer: string): Json | undefined {
  if (!body) return undefined;
  try {
    return atPointer(body.json(), pointer);
  } catch {
    return undefined;
  }
}
