import type { AnswerCorrectionBody, ReportCorrectionBody } from '../../../schemas/contracts/corrections.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { CorrectionId, DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredCorrection, StoredDelivery } from '../../../schemas/stored/delivery.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';

/** The primary key's fields, where terms deliver all of them as they are: otherwise a consumer cannot name a row by it. */
function deliveredKey({ fields, mask }: Terms, { primaryKey }: TableSchema): readonly string[] | undefined {
  const isPlain = (name: string) => fields.includes(name) && !Object.hasOwn(mask, name);
  return primaryKey?.every(isPlain) ? primaryKey : undefined;
}

/**
 * What is wrong with a report. It is judged by the terms and the schema alone, which the consumer knows, and never by the
 * data: so it teaches nothing beyond the delivery.
 */
export function correctionProblems(
  report: ReportCorrectionBody,
  terms: Terms,
  schema: TableSchema,
): readonly Violation[] {
  const { key, line, field } = report;
  const named = deliveredKey(terms, schema);
  return [
    ...sizeProblems(report),
    ...(named ? keyProblems(key, line, named) : lineProblems(key, line)),
    ...(terms.fields.includes(field)
      ? []
      : [{ path: '/field', rule: 'not-delivered', message: 'the terms of this delivery have no such field' }]),
  ];
}

/**
 * UTF-8 bytes of JSON: a correction is one stored item (DynamoDB holds 400 KB an item), in which the provider's answer and
 * its end need their place, too, whatever the consumer has written.
 */
export const MAX_REPORT_BYTES = 300_000;

const sizeProblems = (report: ReportCorrectionBody): readonly Violation[] =>
  new TextEncoder().encode(JSON.stringify(report)).length > MAX_REPORT_BYTES
    ? [{ path: '', rule: 'size', message: `a report takes at most ${MAX_REPORT_BYTES} bytes of JSON` }]
    : [];

function keyProblems(
  key: ReportCorrectionBody['key'],
  line: number | undefined,
  named: readonly string[],
): readonly Violation[] {
  const given = Object.keys(key ?? {});
  const isWhole = given.length === named.length && named.every((name) => given.includes(name));
  return [
    ...(isWhole
      ? []
      : [
          {
            path: '/key',
            rule: 'key',
            message: `name the row by its whole key and no other field: ${named.join(', ')}`,
          },
        ]),
    ...(line === undefined
      ? []
      : [{ path: '/line', rule: 'key-delivered', message: 'these terms deliver the key: name the row by it alone' }]),
  ];
}

const lineProblems = (key: ReportCorrectionBody['key'], line: number | undefined): readonly Violation[] => [
  ...(key === undefined
    ? []
    : [
        {
          path: '/key',
          rule: 'key-not-delivered',
          message: 'these terms deliver no whole key unmasked: name the row by its line in the file',
        },
      ]),
  ...(line === undefined ? [{ path: '/line', rule: 'required', message: 'name the row by its line in the file' }] : []),
];

export const reported = (
  correctionId: CorrectionId,
  delivery: StoredDelivery,
  report: ReportCorrectionBody,
  reportedAt: string,
): StoredCorrection => {
  const { deliveryId, agreementId, termsVersion, resourceId, datasetVersion, provider, consumer } = delivery;
  const about = { deliveryId, agreementId, termsVersion, resourceId, datasetVersion, provider, consumer };
  return { correctionId, ...about, state: 'open', ...report, reportedAt };
};

/** The provider's one answer; `newest` is the dataset version in force, which cannot be the correction. */
export function answered(
  correction: StoredCorrection,
  by: DepartmentId,
  answer: AnswerCorrectionBody,
  newest: number,
  at: string,
): Outcome<StoredCorrection, 'not-found' | 'not-the-provider' | 'wrong-state'> {
  if (!isParty(correction, by)) return refuse('not-found');
  if (by !== correction.provider) return refuse('not-the-provider');
  if (correction.state !== 'open') return refuse('wrong-state');
  const isAwaited = answer.decision === 'will-correct';
  return done({
    ...correction,
    state: 'answered',
    answer: { at, ...answer },
    ...(isAwaited && { awaitedAfter: newest }),
  });
}

export const isParty = ({ provider, consumer }: StoredCorrection, department: DepartmentId): boolean =>
  department === provider || department === consumer;

/**
 * The correction once a dataset has brought it: the first after the promise whose content differs from the delivered one.
 * Undefined where it has not, or nobody waits for it.
 */
export function closedBy(
  correction: StoredCorrection,
  dataset: Pick<StoredDataset, 'datasetVersion' | 'sha256'>,
  delivered: Pick<StoredDataset, 'sha256'>,
  closedAt: string,
): StoredCorrection | undefined {
  const { state, awaitedAfter, ...rest } = correction;
  if (state !== 'answered' || awaitedAfter === undefined || dataset.datasetVersion <= awaitedAfter) return undefined;
  if (dataset.sha256 === delivered.sha256) return undefined;
  return { ...rest, state: 'closed', closedAt, closedByDatasetVersion: dataset.datasetVersion };
}
