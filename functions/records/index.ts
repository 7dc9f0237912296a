/** The record engine: bytes -> checked rows -> extracts. See README.md. */
export { type CheckOptions, type CheckResult, checkRecords, type CheckSinks, type Checked } from './check/checkRecords.ts';
export { gb11643, gb11714, gb32100 } from './checks/index.ts';
export type { ByteSink, Written } from './csv/output.ts';
export { definitionProblems } from './definition/problems.ts';
export { termsProblems } from './definition/terms.ts';
export { compatible } from './extract/compatible.ts';
export type { ExtractResult } from './extract/extractSlot.ts';
export type { DatasetSource } from './extract/extractWriter.ts';
export { canonicalSpec, extractSpec } from './extract/spec.ts';
export { type ExtractRequest, writeExtracts } from './extract/writeExtracts.ts';
