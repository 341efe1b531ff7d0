let isInstalled = false;

/**
 * postgres.js (3.4.9, connection.js `nextWrite`) throws outside of any promise when a connection is lost
 * within a transaction, and that connection never works again. Only a new process is sound, so this one
 * ends; its supervisor starts the next. Any other uncaught error keeps the effect it had.
 */
export function endOnLostConnection(): void {
  if (isInstalled) return;
  isInstalled = true;
  process.prependListener('uncaughtException', (error: Error) => {
    const isOurs =
      /postgres[/\\](src|cjs)/.test(error.stack ?? '') && /nextWrite/.test(error.stack ?? '');
    const isAlone = process.listenerCount('uncaughtException') === 1;
    if (!isOurs && !isAlone) return;
    const what = isOurs
      ? 'The database went away in the middle of its work; starting anew.'
      : error.stack;
    process.stderr.write(`${what}\n`);
    process.exit(1);
  });
}
