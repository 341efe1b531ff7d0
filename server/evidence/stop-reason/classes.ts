/**
 * Why trials stop: the classes of Razuvayevskaya et al., "Genetic factors associated with reasons for
 * clinical trial stoppage", Nature Genetics 2024 (doi:10.1038/s41588-024-01854-z).
 */
export const STOP_CLASSES = [
  'Another_Study',
  'Business_Administrative',
  'Covid19',
  'Endpoint_Met',
  'Ethical_Reason',
  'Insufficient_Data',
  'Insufficient_Enrollment',
  'Interim_Analysis',
  'Invalid_Reason',
  'Logistics_Resources',
  'Negative',
  'No_Context',
  'Regulatory',
  'Safety_Sideeffects',
  'Study_Design',
  'Study_Staff_Moved',
  'Success',
] as const;
export type StopClass = (typeof STOP_CLASSES)[number];

/** The class so named; an unknown name is a mistake in a table of ours. */
export function stopClass(name: string): StopClass {
  const found = STOP_CLASSES.find((known) => known === name);
  if (found === undefined) throw new Error(`"${name}" is no class of stop reasons.`);
  return found;
}
