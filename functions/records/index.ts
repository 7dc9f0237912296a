/** The record engine: bytes -> checked rows -> extracts. See README.md. */
export { type Base, type CheckOptions, type CheckResult, checkRecords } from './check/check-records.ts';
export { gb11643, gb11714, gb32100 } from './checks/index.ts';
export type { ByteSink } from './csv/output.ts';
export { definitionProblems } from './definition/problems.ts';
export { termsProblems } from './definition/terms.ts';
export { compatible } from './extract/compatible.ts';
export { canonicalSpec, extractSpec } from './extract/spec.ts';
export { writeExtracts } from './extract/write-extracts.ts';
export { errorsColumn } from './fixes/errors-column.ts';
export { tooManyRejections, verdictOf } from './verdict.ts';
export { explainKind, explainRefusal, explainRule } from './wording/explain.ts';
export { headline, type Judged } from './wording/headline.ts';
export { LANGUAGES } from './wording/language.ts';
export { type SummaryLine, summaryLines } from './wording/summary.ts';
