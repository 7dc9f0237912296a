import {
  type Applied,
  applyPlan,
  type ByteSink,
  checkRecords,
  type CheckResult,
  type Diagnosis,
  type MessyFile,
} from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { nowhere } from '../upload/checking/sinks.ts';
import { Handover } from './handover.ts';

/** A file that was cleaned, and what the hub would say of the result. */
export interface Cleaned {
  readonly diagnosis: Diagnosis;
  readonly applied: Applied;
  readonly checked: CheckResult;
}

interface CleanOptions {
  readonly schema: TableSchema;
  /** How many changes to keep cell by cell. */
  readonly changes: number;
  readonly sink: ByteSink;
}

/** Applies a plan, writes the result and has it checked by the hub's own engine, all in one pass. */
export async function cleanedFile(
  file: MessyFile,
  diagnosis: Diagnosis,
  { schema, changes, sink }: CleanOptions,
): Promise<Cleaned> {
  const handover = new Handover();
  const checking = checkRecords(
    handover,
    { schema, format: 'csv', encoding: 'utf-8' },
    { accepted: nowhere, report: nowhere },
  );
  const applying = applyPlan(file, diagnosis, { schema, changes }, async (chunk) => {
    await sink.write(chunk);
    await handover.give(chunk);
  }).finally(() => handover.end());
  const [applied, checked] = await Promise.all([applying, checking]);
  return { diagnosis, applied, checked };
}
