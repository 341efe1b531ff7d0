/**
 * Where menus and tooltips are put: inside the open modal dialog, which hides all else from
 * assistive tools, or else inside the main landmark, so that nothing stands outside a landmark.
 */
export function floatRoot(): HTMLElement | undefined {
  if (typeof document === 'undefined') return undefined;
  return (
    document.querySelector<HTMLElement>('[role="dialog"][data-modal]') ??
    document.querySelector<HTMLElement>('main') ??
    undefined
  );
}
