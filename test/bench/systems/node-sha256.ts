import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { jobOfProgram, sayResult } from '../check/job.ts';

// The floor where there is no sha256sum: reads the file and hashes it.
await pipeline(createReadStream(jobOfProgram().input, { highWaterMark: 1024 * 1024 }), createHash('sha256'));
sayResult({ accepted: 0, rejected: 0 });
