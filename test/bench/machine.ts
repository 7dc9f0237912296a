import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';

const RIVALS = ['csv-parse', 'csv-stringify', 'zod', '@duckdb/node-api'] as const;

/** What the figures depend on beside the code. */
export const machineFacts = (): string[] => [
  `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB memory, ${type()} ${release()}`,
  `Node ${process.versions.node}; ${RIVALS.map((name) => `${name} ${versionOf(name)}`).join(', ')}`,
];

/** The version in a package's own package.json, which many packages do not export. */
function versionOf(name: string): string {
  const { resolve } = createRequire(import.meta.url);
  for (const folder of resolve.paths(name) ?? [])
    try {
      return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }).version;
    } catch {
      continue;
    }
  return `(of ${dirname(resolve(name))})`;
}
