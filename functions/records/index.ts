/** The record engine: bytes -> checked rows -> extracts. See README.md. */
export { type CheckOptions, type CheckResult, checkRecords, type CheckSinks, type Checked } from './check/check-records.ts';
export { gb11643, gb11714, gb32100 } from './checks/index.ts';
export type { ByteSink, Written } from './csv/output.ts';
export { definitionProblems } from './definition/problems.ts';
export { termsProblems } from './definition/terms.ts';
export { compatible } from './extract/compatible.ts';
export type { ExtractResult } from './extract/extract-slot.ts';
export type { DatasetSource } from './extract/extract-writer.ts';
export { canonicalSpec, extractSpec } from './extract/spec.ts';
export { type ExtractRequest, writeExtracts } from './extract/write-extracts.ts';
