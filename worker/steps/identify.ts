import { recordEvidence } from '@/server/evidence/record';
import { asOwner, endStep, failJob, forgetEvidence } from '@/server/jobs';
import { setSubject } from '@/server/jobs/progress';
import { identify } from '../identify';
import { SourceFault } from '../sources/contract';
import { connectorOf } from '../sources/registry';
import { openSources } from './source-access';
import type { StepBody } from './step';

/** Says exactly which compound is meant, asks the person, or says that nobody knows it. */
export const identifyStep: StepBody = async (work) => {
  const { ctx, running } = work;
  const { job } = running;
  const access = await openSources(work);
  await asOwner(ctx, running, (tx) => forgetEvidence(tx, running));
  const [pubchem, chembl] = [connectorOf('pubchem'), connectorOf('chembl')];
  const found = await identify(
    job.input,
    { choice: job.choice },
    { pubchem: access.http(pubchem), chembl: access.http(chembl) },
  ).catch((error: unknown) => {
    if (error instanceof SourceFault && error.kind === 'cancelled') return null;
    throw error;
  });
  if (!found) return;
  switch (found.kind) {
    case 'subject':
      await endStep(
        ctx,
        running,
        { status: 'done', requests: access.requests(), records: found.drafts.length },
        async (tx) => {
          await setSubject(tx, running, found.subject);
          for (const connector of [pubchem, chembl]) {
            await recordEvidence(
              tx,
              running,
              found.drafts.filter((draft) => draft.source === connector.id),
              { connectorVersion: connector.version, retrievedAt: access.retrievedAt },
            );
          }
        },
      );
      return;
    case 'choices':
      await endStep(ctx, running, {
        status: 'needs-input',
        question: found.question,
        choices: found.choices,
      });
      return;
    case 'unknown-name':
      await failJob(ctx, running, {
        reason: 'NAME_UNKNOWN',
        message: unknownName(job.input, found.near),
      });
      return;
    case 'invalid':
      await failJob(ctx, running, { reason: 'INPUT_UNUSABLE', message: found.message });
  }
};

function unknownName(name: string, near: string[]): string {
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  const hint =
    near.length > 0
      ? `Near names: ${near.join(', ')}.`
      : 'Check the spelling, or enter a SMILES or an InChIKey.';
  return `No identity source knows “${shown}”. ${hint}`;
}
