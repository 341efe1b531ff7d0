// Loaded into web and worker before their own code: ends them when their launcher is gone, however
// it went. A killed launcher cannot tell them, but the channel to it closes.
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
process.channel?.unref();
