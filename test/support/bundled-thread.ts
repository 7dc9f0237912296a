import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledClient } from './bundled-client.ts';

/** In place of `functions/records/formats/parquet/thread-script.ts` (jest.config.js). */
export const threadScript = (): URL => pathToFileURL(join(dirname(bundledClient()), 'parquet-worker.mjs'));
