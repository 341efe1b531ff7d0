import { StatusMark } from '@/components/ui/status';
import { Countdown, Time } from '@/components/ui/time';
import type { SourceHealth } from '@/server/sources/pace';
import { HEALTH_LOOK } from './words';

/** Each source with its state in words and when it last answered. */
export function HealthList({ sources }: { sources: SourceHealth[] }) {
  return (
    <ul className="text-sm">
      {sources.map((source) => {
        const { state, word } = HEALTH_LOOK[source.state];
        return (
          <li
            key={source.id}
            className="flex flex-wrap items-baseline justify-between gap-x-3 border-b border-rule py-1.5"
          >
            <span>{source.name}</span>
            <StatusMark state={state}>{word}</StatusMark>
            <span className="w-full text-xs text-ink-2">
              <HealthNote source={source} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What the state rests on, and when it will change. */
export function HealthNote({ source }: { source: SourceHealth }) {
  switch (source.state) {
    case 'left-alone':
      return source.openUntil ? (
        <>
          failed repeatedly; tried again in <Countdown until={source.openUntil} />
        </>
      ) : null;
    case 'failing':
      return (
        <>
          last fault <Time at={source.lastFaultAt} />
          {source.lastOkAt && (
            <>
              , last answer <Time at={source.lastOkAt} />
            </>
          )}
        </>
      );
    case 'answering':
      return (
        <>
          last answer <Time at={source.lastOkAt} />
        </>
      );
    case 'unknown':
      return 'no job has asked it';
  }
}
