/** One RDKit (WebAssembly) per process, replaced when a structure brings it down. */
import initRdkit, { type Log, type MainModule } from '@rdkit/rdkit';

interface Engine {
  rdkit: MainModule;
  log: Log | null;
}

/** The structure is too large for RDKit's memory: the engine was lost and a new one will be loaded. */
export class EngineOverflow extends Error {
  constructor(options?: ErrorOptions) {
    super('RDKit ran out of memory', options);
    this.name = 'EngineOverflow';
  }
}

let engine: Promise<Engine> | null = null;

async function loadEngine(): Promise<Engine> {
  const rdkit = await initRdkit();
  return { rdkit, log: rdkit.set_log_capture('rdApp.*') };
}

/**
 * Runs `work` with RDKit and what RDKit says meanwhile. `work` is synchronous, so that messages of
 * two callers never mix; it deletes every object that it makes. Throws EngineOverflow.
 */
export async function withRdkit<T>(
  work: (rdkit: MainModule, messages: () => string) => T,
): Promise<T> {
  engine ??= loadEngine();
  const current = engine;
  const { rdkit, log } = await current;
  log?.clear_buffer();
  try {
    return work(rdkit, () => log?.get_buffer() ?? '');
  } catch (cause) {
    // A trap (stack or memory exhausted) leaves the instance in an unknown state.
    if (cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError) {
      if (engine === current) engine = null;
      throw new EngineOverflow({ cause });
    }
    throw cause;
  }
}

/** Version of RDKit, for reports: `2026.09.1`. */
export function rdkitVersion(): Promise<string> {
  return withRdkit((rdkit) => rdkit.version());
}
