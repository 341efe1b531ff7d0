/** Whether candidates and decision are what their claims derive. */
import type { Report } from './schema';

export function scoreProblems(_report: Report): string[] {
  return [];
}
