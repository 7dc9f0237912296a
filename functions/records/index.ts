/** The record engine: bytes -> checked rows -> extracts. See README.md. */
export { AttachmentReport } from './attachments/attachment-report.ts';
export { attachmentField, attachmentName, readAttachments, type Picture } from './attachments/attachments.ts';
export { eachName } from './attachments/names-in.ts';
export { applyChanges } from './files/apply-changes.ts';
export { type ChangesResult, writeChanges } from './changes/write-changes.ts';
export type { Base } from './check/base.ts';
export type { CheckOptions, CheckResult } from './check/contract.ts';
export { checkRecords } from './files/check-records.ts';
export { gb11643, gb11714, gb32100 } from './types/checks/index.ts';
export { noDigest } from './csv/digest.ts';
export type { ByteSink } from './csv/output.ts';
export { driftOf, holding } from './drift.ts';
export { matchedBy, namesByPrimaryKey } from './definition/matched-by.ts';
export { definitionProblems } from './definition/problems.ts';
export { ruleOf, statesRule } from './definition/stated-rule.ts';
export { termsProblems } from './definition/terms.ts';
export { coverOf } from './extract/cover.ts';
export { compatible } from './extract/compatible.ts';
export { fitsTerms, readAlike, type Schemas } from './extract/fits.ts';
export { rowView } from './extract/row-view.ts';
export { sampleExtract } from './extract/sample-extract.ts';
export { canonicalSpec, extractSpec } from './extract/spec.ts';
export { writeExtracts } from './extract/write-extracts.ts';
export { DELIVERIES, hasSegments, UPLOADS } from './formats/natures.ts';
export { openTable } from './formats/open-table.ts';
export { DigestSet } from './scratch/digest-set.ts';
export { ScratchFile } from './scratch/scratch-file.ts';
export { RefusedFile } from './formats/refused-file.ts';
export { LongCell, writeFixWorkbook } from './fixes/fix-workbook.ts';
export { writeForSpreadsheets } from './fixes/spreadsheet-csv.ts';
export { errorsColumn } from './header/errors-column.ts';
export { type ListOutcome, readList, type ReadList } from './lists/read-list.ts';
export { writeLines } from './lists/write-lines.ts';
export { writeNumberedRows } from './lists/numbered-rows.ts';
export { writeList } from './lists/write-list.ts';
export { type Cover, masked, type Refer } from './extract/mask.ts';
export { cellOf, lineOf } from './csv/quoting.ts';
export { UnfitExtract } from './extract/out/unfit.ts';
export { missingValuesOf } from './types/column.ts';
export { UnreadableValue } from './types/stored-value.ts';
export { orderedCondition, type OrderedCondition } from './types/ordered/ordered-condition.ts';
export { isKeyedDigest } from './types/ordered/keyed-digest.ts';
export { isOrderedText, orderedKey, orderedText } from './types/ordered/ordered-text.ts';
export { profileDataset } from './profile/profile-dataset.ts';
export type { DatasetSource } from './extract/extract-writer.ts';
export { type Layout, layoutOf, tableColumns } from './represent/layout.ts';
export { digestText } from './represent/table-digest.ts';
export { LongLine, writeTable } from './represent/write-table.ts';
export { checkSegment } from './segments/check-segment.ts';
export type { SegmentFindings, SegmentOptions, SegmentResult } from './segments/contract.ts';
export { KeyJudge } from './segments/key-judge.ts';
export { type MergeResult, mergeSegments } from './segments/merge-segments.ts';
export { readColumns } from './segments/read-columns.ts';
export { tooManyRejections, verdictOf } from './verdict.ts';
export { explainKind, explainRefusal, explainRule } from './wording/explain.ts';
export { listFault } from './wording/list-faults.ts';
export { headline, type Judged } from './wording/headline.ts';
export { type SummaryLine, summaryLines } from './wording/summary.ts';
export type { Described, Entry, Note } from './describe/draft.ts';
export { EXPORT_FORMATS, exportDefinition, type Exported, type ExportFormat } from './describe/export.ts';
export { importDefinition } from './describe/import.ts';
export { inferDefinition, type InferOutcome, type Inference } from './describe/infer/infer.ts';
export { type ImportRefusal, isRefusal } from './describe/import-outcome.ts';
export { optionsOf as answerOptions } from './clean/answers.ts';
export { type Applied, applyPlan, changesNothing, isUnchanged } from './clean/apply.ts';
export type { Answers, CellChange, Mending, Question } from './clean/contract.ts';
export { diagnose, type Diagnosis } from './clean/diagnose.ts';
export { withMessyFile } from './clean/read/with-messy-file.ts';
export { findTable, type FoundTable, isPlainTable, writeTableAlone } from './clean/read-table.ts';
export type { MessyFile } from './clean/read/messy-file.ts';
export { askInWords } from './wording/clean/questions.ts';
export {
  changesSay,
  columnsSay,
  layoutSays,
  leftOutSays,
  matchedBy as matchedByWords,
  rowsSay,
} from './wording/clean/findings.ts';
export { explainNoTable } from './wording/clean/refused.ts';
