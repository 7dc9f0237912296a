import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { streaming } from '../../infra/constructs/functions/streaming.ts';

const MODULE = join(import.meta.dirname, '../../functions/adapters/external-memory.ts');

/** Four gibibytes in pieces of 64 KiB, none of them kept; prints how often the whole heap was collected meanwhile. */
const PROGRAM = `
  import { PerformanceObserver, constants } from 'node:perf_hooks';
  import { setTimeout as pause } from 'node:timers/promises';
  import { countBuffersAsHeap } from ${JSON.stringify(MODULE)};
  countBuffersAsHeap();
  let whole = 0;
  new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) whole += 1;
  }).observe({ entryTypes: ['gc'] });
  for (let piece = 0; piece < 65_536; piece += 1) {
    Buffer.allocUnsafeSlow(65_536);
    if (piece % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await pause(10);
  console.log(whole);
`;

test('bytes that go through do not make V8 collect its whole heap again and again', async () => {
  const options = [streaming.NODE_OPTIONS, '--input-type=module', '--eval', PROGRAM];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, options);
  expect(stderr).toBe('');
  // For every 64 MiB it would be more than fifty times.
  expect(Number(stdout)).toBeLessThan(25);
});
