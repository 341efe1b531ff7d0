'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import { BRINGS, HEALTH_LOOK, pace } from '@/components/sources/words';
import { Checkbox, InputField, TextareaField } from '@/components/ui/field';
import { formatCount, formatDuration } from '@/components/ui/format';
import { Panel, Section } from '@/components/ui/section';
import { Callout } from '@/components/ui/states';
import { StatusMark } from '@/components/ui/status';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormAction } from '@/components/ui/use-form-action';
import { LIMITS } from '@/server/jobs/schema';
import type { SourceHealth } from '@/server/sources/pace';
import { MoleculePreview } from './molecule-preview';

/** What the form begins with. */
export interface Draft {
  text: string;
  indication: string;
  sources: readonly string[];
  maxRequests: string;
  maxSeconds: string;
  /** The earlier job read from this bundle. */
  bundleSha256: string | null;
}

/** Reasons that concern the molecule's field rather than the others. */
const ABOUT_OTHERS = ['SOURCES_NONE', 'BUDGET_INVALID', 'BUNDLE_UNKNOWN', 'UNEXPECTED'];

/** Submits a molecule. Works before any script has loaded; what was typed survives an error. */
export function SubmitForm({
  draft,
  sources,
  action,
}: {
  draft: Draft;
  sources: SourceHealth[];
  action: FormAction;
}) {
  const [state, submit] = useActionState(action, null);
  // After an error the server hands back what was typed, also to a browser without scripts.
  const typed = state?.values;
  const [text, setText] = useState(typed?.text ?? draft.text);
  const [chosen, setChosen] = useState<readonly string[]>(
    typed ? (typed.source?.split(' ') ?? []) : draft.sources,
  );
  const [requests, setRequests] = useState(typed?.maxRequests ?? draft.maxRequests);
  const [seconds, setSeconds] = useState(typed?.maxSeconds ?? draft.maxSeconds);
  const [indication, setIndication] = useState(typed?.indication ?? draft.indication);
  const [pinned, setPinned] = useState(typed ? Boolean(typed.bundle) : Boolean(draft.bundleSha256));
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state?.message) alert.current?.focus();
  }, [state]);
  const aboutText = state?.message && !ABOUT_OTHERS.includes(state.reason ?? '');
  const budgetError = state?.reason === 'BUDGET_INVALID' ? state.message : null;
  const sourcesError = state?.reason === 'SOURCES_NONE' ? state.message : null;

  return (
    <form action={submit} className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      {state?.message && (
        <div
          ref={alert}
          role="alert"
          tabIndex={-1}
          className="scroll-my-8 outline-none lg:col-span-2"
        >
          <Callout tone="bad" title={state.message}>
            Nothing was submitted. What you typed is still here.
          </Callout>
        </div>
      )}
      <TextareaField
        label="Molecule"
        hint="A name, a SMILES, an InChIKey, or an id of ChEMBL, PubChem or UNII."
        name="text"
        rows={3}
        mono
        required
        autoFocus
        data-search
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        placeholder="metformin"
        value={text}
        error={aboutText ? state.message : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          // The field takes several lines only so that a long SMILES can be seen whole.
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <div className="lg:row-span-2">
        <MoleculePreview text={text} />
      </div>
      <div>
        <InputField
          label="Indication to judge"
          hint="Optional. Without one, the report judges the best-supported candidate."
          name="indication"
          maxLength={LIMITS.indicationCharacters}
          placeholder="Colorectal cancer"
          value={indication}
          onChange={(event) => setIndication(event.target.value)}
        />
        <div className="mt-10">
          <Section
            title="Sources"
            note="What is not asked is said in the report, never taken for “nothing found”."
          >
            {sourcesError && (
              <p id="sources-error" className="mb-2 text-sm text-bad">
                {sourcesError}
              </p>
            )}
            <fieldset aria-describedby={sourcesError ? 'sources-error' : undefined}>
              <legend className="sr-only">Sources to ask</legend>
              <ul className="grid gap-x-8 sm:grid-cols-2">
                {sources.map((source) => (
                  <li key={source.id} className="border-b border-rule py-1.5">
                    <Checkbox
                      name="source"
                      value={source.id}
                      checked={chosen.includes(source.id)}
                      onChange={(event) =>
                        setChosen(
                          event.target.checked
                            ? [...chosen, source.id]
                            : chosen.filter((id) => id !== source.id),
                        )
                      }
                      label={<span className="font-medium">{source.name}</span>}
                      note={
                        <>
                          {BRINGS[source.id]}; {pace(source.requestsPerSecond)}
                        </>
                      }
                      end={<Trouble source={source} />}
                    />
                  </li>
                ))}
              </ul>
            </fieldset>
          </Section>
          <Section
            title="Budget"
            note="When either is used up, gathering ends. The report is then written from what there is, and lists what was not asked."
          >
            {budgetError && <p className="mb-2 text-sm text-bad">{budgetError}</p>}
            <div className="grid max-w-lg grid-cols-2 gap-6">
              <InputField
                label="Requests"
                hint={`${formatCount(LIMITS.maxRequests.min)} to ${formatCount(LIMITS.maxRequests.max)}`}
                name="maxRequests"
                type="number"
                required
                min={LIMITS.maxRequests.min}
                max={LIMITS.maxRequests.max}
                value={requests}
                onChange={(event) => setRequests(event.target.value)}
              />
              <InputField
                label="Seconds"
                hint={`${formatCount(LIMITS.maxSeconds.min)} to ${formatCount(LIMITS.maxSeconds.max)}`}
                name="maxSeconds"
                type="number"
                required
                min={LIMITS.maxSeconds.min}
                max={LIMITS.maxSeconds.max}
                value={seconds}
                onChange={(event) => setSeconds(event.target.value)}
              />
            </div>
            <p className="mt-3 max-w-measure text-sm text-ink-2">
              {meaning(chosen, sources, Number(requests), Number(seconds))}
            </p>
            {draft.bundleSha256 && (
              <Panel className="mt-5 max-w-lg">
                <Checkbox
                  name="bundle"
                  value={draft.bundleSha256}
                  checked={pinned}
                  onChange={(event) => setPinned(event.target.checked)}
                  label="Answer from the same stored bundle"
                  note="As the earlier job did: no source is asked, and the result can be compared hash by hash."
                />
              </Panel>
            )}
          </Section>
        </div>
        <div className="mt-8 flex flex-wrap items-center gap-4 border-t-2 border-rule-strong pt-5">
          <SubmitButton pendingLabel="Submitting">Submit</SubmitButton>
          <p className="text-sm text-ink-2">
            The same submission is not started twice: while it runs, you are led to it.
          </p>
        </div>
      </div>
    </form>
  );
}

/** Said only where something is wrong. */
function Trouble({ source }: { source: SourceHealth }) {
  if (source.state === 'answering' || source.state === 'unknown') return null;
  const { state, word } = HEALTH_LOOK[source.state];
  return (
    <span className="text-xs">
      <StatusMark state={state}>{word}</StatusMark>
    </span>
  );
}

/** What the budget comes to, at the paces that the sources allow. */
function meaning(
  chosen: readonly string[],
  sources: readonly SourceHealth[],
  requests: number,
  seconds: number,
): string {
  const asked = sources.filter((source) => chosen.includes(source.id));
  if (asked.length === 0) return 'No source is ticked.';
  if (!(requests > 0) || !(seconds > 0)) return 'Both take whole numbers.';
  const perSecond = asked.reduce((sum, source) => sum + source.requestsPerSecond, 0);
  const possible = Math.floor(seconds * perSecond);
  const limit = `${formatCount(requests)} requests in at most ${formatDuration(seconds * 1_000)}.`;
  return possible < requests
    ? `${limit} At the sources’ paces no more than ${formatCount(possible)} requests fit into that time.`
    : `${limit} Asked at their full pace, these sources would use up the requests in ${formatDuration((requests / perSecond) * 1_000)}; they are shared with the other jobs of this installation.`;
}
