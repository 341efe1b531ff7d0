import { CircleAlert } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './cx';

const control =
  'block w-full rounded-sm border border-control bg-surface px-2.5 py-1.5 text-base text-ink ' +
  'pointer-coarse:min-h-11 hover:border-ink-2 disabled:border-rule disabled:bg-sunken disabled:text-ink-3 ' +
  'aria-invalid:border-bad aria-invalid:ring-1 aria-invalid:ring-bad';

type Described = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

type FieldProps = {
  label: ReactNode;
  /** What to enter, below the label. */
  hint?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: ReactNode;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
};

/** Label, hint and error around any control; the control takes the props it is handed. */
export function Field({
  label,
  hint,
  error,
  hideLabel,
  className,
  children,
}: FieldProps & { children: (described: Described) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'block text-sm font-medium'}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-2">
          {hint}
        </p>
      )}
      <div className={hideLabel ? undefined : 'mt-1'}>
        {children({
          id,
          'aria-describedby': described || undefined,
          'aria-invalid': error ? true : undefined,
        })}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1 flex gap-1.5 text-sm text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0">{error}</span>
        </p>
      )}
    </div>
  );
}

export function InputField({
  label,
  hint,
  error,
  hideLabel,
  className,
  mono,
  ...rest
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<'input'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, error, hideLabel, className }}>
      {(described) => (
        <input {...rest} {...described} className={cx(control, mono && 'font-mono')} />
      )}
    </Field>
  );
}

export function TextareaField({
  label,
  hint,
  error,
  hideLabel,
  className,
  mono,
  rows = 4,
  ...rest
}: FieldProps & { mono?: boolean } & Omit<ComponentProps<'textarea'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, error, hideLabel, className }}>
      {(described) => (
        <textarea
          rows={rows}
          {...rest}
          {...described}
          className={cx(control, mono && 'font-mono')}
        />
      )}
    </Field>
  );
}

/** The platform's own select: works before hydration and with every assistive tool. */
export function SelectField({
  label,
  hint,
  error,
  hideLabel,
  className,
  options,
  ...rest
}: FieldProps & { options: { value: string; label: string; disabled?: boolean }[] } & Omit<
    ComponentProps<'select'>,
    'id' | 'className' | 'children'
  >) {
  return (
    <Field {...{ label, hint, error, hideLabel, className }}>
      {(described) => (
        <select {...rest} {...described} className={control}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A box to tick, with its words beside it; `note` stands under the words, `end` at the right. */
export function Checkbox({
  label,
  note,
  end,
  className,
  type = 'checkbox',
  ...rest
}: {
  label: ReactNode;
  note?: ReactNode;
  end?: ReactNode;
  type?: 'checkbox' | 'radio';
} & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label
      className={cx(
        'flex items-start gap-2 rounded-sm py-0.5 text-sm has-disabled:text-ink-3 pointer-coarse:min-h-11 pointer-coarse:items-center',
        className,
      )}
    >
      <input
        {...rest}
        type={type}
        className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:mt-0"
      />
      <span className="min-w-0 flex-1">
        <span className="wrap-anywhere">{label}</span>
        {note && <span className="block text-ink-2">{note}</span>}
      </span>
      {end}
    </label>
  );
}

/**
 * A weight or threshold on a scale. `output` shows the present value in words or figures; the same
 * words are read aloud when the value changes.
 */
export function SliderField({
  label,
  hint,
  error,
  hideLabel,
  className,
  output,
  ...rest
}: FieldProps & { output: string } & Omit<ComponentProps<'input'>, 'id' | 'className' | 'type'>) {
  return (
    <Field {...{ label, hint, error, hideLabel, className }}>
      {(described) => (
        <div className="flex items-center gap-3">
          <input
            {...rest}
            {...described}
            type="range"
            aria-valuetext={output}
            className="h-6 min-w-0 flex-1 accent-accent"
          />
          <output htmlFor={described.id} className="w-12 shrink-0 text-right text-sm">
            {output}
          </output>
        </div>
      )}
    </Field>
  );
}
