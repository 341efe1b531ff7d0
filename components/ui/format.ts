/**
 * Words and figures for the reader. All of it is pure and the same on server and client (English,
 * UTC), so the first paint and the hydrated page agree.
 */

const grouped = new Intl.NumberFormat('en-GB');

export function formatCount(count: number): string {
  return grouped.format(count);
}

/** "1 trial", "3 trials", "1,204 trials". */
export function formatCountOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Fixed decimals with a true minus sign, so that columns of signed figures line up. */
export function formatFigure(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "840 ms", "12.4 s", "1 min 32 s", "2 h 05 min", "3 d 4 h". */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

/** Whole seconds only, for clocks that run while one looks at them. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}

/** Decimal units, as storage is sold and as browsers count: 1 kB is 1000 bytes. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (unit < units.length - 1 && size >= (unit === 0 ? 1000 : 999.5)) {
    size /= 1000;
    unit += 1;
  }
  const decimals = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${size.toFixed(decimals)} ${units[unit]}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "4 Mar 2026". */
export function formatDay(at: Date): string {
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** "4 Mar 2026, 09:07:31 UTC". */
export function formatInstant(at: Date): string {
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(pad).join(':');
  return `${formatDay(at)}, ${clock} UTC`;
}

/**
 * "just now", "4 min ago", "in 40 s", "yesterday"; from 30 days on, the date itself. Ten seconds
 * either way are now: clocks of browser and server differ by as much.
 */
export function formatRelative(at: Date, now: number): string {
  const ms = at.getTime() - now;
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 10) return 'just now';
  const span = relativeSpan(seconds);
  if (span === null) return formatDay(at);
  if (span === '1 d') return ms < 0 ? 'yesterday' : 'tomorrow';
  return ms < 0 ? `${span} ago` : `in ${span}`;
}

function relativeSpan(seconds: number): string | null {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h`;
  const days = Math.round(seconds / 86_400);
  return days < 30 ? `${days} d` : null;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
