import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { checkRecords, importDefinition, isRefusal, type Described } from '../../../functions/records/index.ts';
import type { UploadFormat } from '../../../schemas/contracts/uploads.ts';

/**
 * Real descriptors and the real data that they describe (vega-datasets 3.2.1, Data Package v1): what the hub makes of
 * files whose schema was written by others, and never enforced.
 */
export const folder = join(import.meta.dirname, '../../../node_modules/vega-datasets');
export const text = readFileSync(join(folder, 'datapackage.json'), 'utf8');

interface Declared {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly schema?: { readonly fields: readonly { readonly name: string; readonly type: string }[] };
}
export const declared = (JSON.parse(text) as { resources: Declared[] }).resources.filter(({ schema }) => schema);

export function imported(table: string): Described {
  const outcome = importDefinition(text, {
    table,
    entry: { provider: 'quality', shareType: 'unconditional' },
  });
  if (isRefusal(outcome)) throw new Error(outcome.detail);
  return outcome;
}

/** `field rule count` of everything that is rejected. */
export async function rejections(
  name: string,
  format: UploadFormat,
  input: AsyncIterable<Uint8Array>,
): Promise<string[]> {
  const { schema } = imported(name).definition;
  const sinks = { accepted: { write: () => {} }, report: { write: () => {} } };
  const result = await checkRecords(input, { schema, format, encoding: 'utf-8' }, sinks);
  if (result.verdict === 'refused') return [result.refusal.code];
  expect(result.rows.read).toBeGreaterThan(0);
  return result.violations.map(({ field, rule, count }) => `${field} ${rule} ${count}`);
}
