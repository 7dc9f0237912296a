import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionSpec } from '../../../infra/local/runtime/function-spec.ts';
import { functionPool, type FunctionPool, type PoolOptions } from '../../../infra/local/runtime/pool.ts';

const folders: string[] = [];
const pools: FunctionPool[] = [];

export interface TinyFunction extends FunctionPool {
  /** Where its log and its module are. */
  readonly folder: string;
}

/** A real process pool around a handler's source, e.g. `async (event) => event.n * 2`. */
export function tinyFunction(
  source: string,
  changes: Partial<FunctionSpec> = {},
  options: Partial<PoolOptions> = {},
): TinyFunction {
  const folder = mkdtempSync(join(tmpdir(), 'tiny-function-'));
  folders.push(folder);
  writeFileSync(join(folder, 'index.mjs'), `export const handler = ${source};`);
  const spec: FunctionSpec = {
    name: 'tiny',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:tiny',
    roleArn: 'arn:aws:iam::000000000000:role/tiny',
    modulePath: join(folder, 'index.mjs'),
    exportName: 'handler',
    timeoutMs: 20_000,
    memoryMb: 128,
    env: { AWS_LAMBDA_FUNCTION_NAME: 'tiny', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128', GREETING: 'hello' },
    concurrency: 2,
    ...changes,
  };
  const pool = functionPool(spec, {
    logDir: folder,
    compiledDir: join(folder, 'compiled'),
    clockOffsetMs: () => 0,
    ...options,
  });
  pools.push(pool);
  return { ...pool, folder };
}

/** For `afterEach`. */
export async function endTinyFunctions(): Promise<void> {
  await Promise.all(pools.splice(0).map((pool) => pool.stop(0)));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
