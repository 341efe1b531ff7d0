/** Limits on what people type; browser-safe. */
export const MAX_TEXT_LENGTH = 10_000;
export const MAX_ATOMS = 5_000;
