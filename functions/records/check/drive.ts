import type { AnyOutput } from '../csv/output.ts';
import type { Window } from '../csv/window.ts';
import type { RecordTaker } from '../extract/extraction.ts';
import type { Engine } from './engine.ts';

export interface Drive {
  readonly window: Window;
  readonly outputs: readonly AnyOutput[];
  readonly extraction?: RecordTaker | undefined;
}

/** Runs an engine to the end of its input: reads on, and writes out what has gathered. */
export async function drive(engine: Engine, { window, outputs, extraction }: Drive): Promise<void> {
  for (let pause = engine.run(); pause !== 'end'; pause = engine.run()) {
    for (const output of outputs) if (output.full) await output.flush();
    await extraction?.flush();
    if (pause === 'input') {
      await window.fill();
      engine.refilled();
    }
  }
}
