'use client';

import { Structure } from '@/components/molecules/structure';
import { Code } from '@/components/ui/code';
import { Section } from '@/components/ui/section';
import { SubmitButton } from '@/components/ui/submit-button';
import { useFormAction } from '@/components/ui/use-form-action';
import { useJob } from './job-context';
import { JobForm } from './job-header';

/** Where several compounds match, the person says which one is meant. */
export function ChoicePanel() {
  const { job, actions, mayControl } = useJob();
  const [answer, choose] = useFormAction(actions.choose, 'Going on with this compound');
  if (job.status !== 'needs-input') return null;
  return (
    <Section title={job.question ?? 'Which compound is meant?'}>
      <JobForm action={choose}>
        <fieldset disabled={!mayControl}>
          <legend className="sr-only">Compounds to choose from</legend>
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {job.choices.map((choice, index) => (
              <li key={choice.inchiKey}>
                <label className="flex h-full flex-col gap-2 rounded-md border border-control bg-surface p-3 hover:border-ink-2 has-checked:border-accent has-checked:bg-accent-wash has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
                  <Structure
                    smiles={choice.smiles}
                    name={choice.name}
                    formula={choice.formula}
                    width={300}
                    height={180}
                    className="self-center"
                  />
                  <span className="flex items-start gap-2">
                    <input
                      type="radio"
                      name="inchiKey"
                      value={choice.inchiKey}
                      required
                      defaultChecked={index === 0 && job.choices.length === 1}
                      className="mt-1 size-4 shrink-0 outline-none"
                    />
                    <span className="min-w-0">
                      <span className="block font-medium wrap-anywhere">{choice.name}</span>
                      <Code className="text-xs wrap-anywhere">{choice.inchiKey}</Code>
                      <span className="block text-sm text-ink-2">
                        {[choice.formula, choice.note].filter(Boolean).join(' · ')}
                      </span>
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
          {answer?.message && (
            <p role="alert" className="mt-3 text-sm text-bad">
              {answer.message}
            </p>
          )}
          <div className="mt-4 flex flex-wrap items-center gap-3">
            <SubmitButton pendingLabel="Going on">Go on with this compound</SubmitButton>
            {!mayControl && (
              <p className="text-sm text-ink-2">
                Somebody with the role of a researcher has to choose.
              </p>
            )}
          </div>
        </fieldset>
      </JobForm>
    </Section>
  );
}
