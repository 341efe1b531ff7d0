/** "2 h", "5 min". */
export function formatSpan(seconds: number): string {
  return seconds >= 3_600 ? `${seconds / 3_600} h` : `${seconds / 60} min`;
}
