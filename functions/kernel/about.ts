import { told, type Told } from './told.ts';

/** What one upload's way through the hub is found by; the same names in every line of every function. */
const ids = [
  'uploadId',
  'resourceId',
  'agreementId',
  'extractId',
  'deliveryId',
  'themeId',
  'demandId',
  'correctionId',
  'lookupId',
  'comparisonId',
  'watchId',
  'reconciliationId',
  'noticeId',
  'schemeId',
] as const;

const texts = [
  ...ids,
  // Who: departments, never persons.
  'department',
  'provider',
  'consumer',
  // A request.
  'route',
  'requestId',
  // What came of it: `outcome` of a few words, `code` where there are many.
  'outcome',
  'code',
  // Where a fault is looked for.
  'key',
  'versionId',
  'messageId',
  'sequenceNumber',
] as const;

const numbers = [
  'datasetVersion',
  'resourceVersion',
  'termsVersion',
  'epoch',
  'segment',
  'attempts',
  'status',
  'milliseconds',
  'seconds',
  'delaySeconds',
  'bytes',
  'rows',
  'accepted',
  'rejected',
  'uploads',
  'datasets',
  'agreements',
  'plans',
  'extracts',
  'deliveries',
  'resources',
  'notices',
  'looks',
  'comparisons',
  'watches',
  'reconciliations',
  'keys',
  'attachments',
  'noted',
  'disposed',
  'duties',
  'counted',
  'late',
  'failed',
] as const;

type Text = (typeof texts)[number];
type Figure = (typeof numbers)[number];

/**
 * What a log line may say beside its message: ids, codes, counts and times, each under its one name; never a value of a
 * record, and no text that a caller or a file made up.
 */
export type About = { readonly [Name in Text]?: string | undefined } & {
  readonly [Name in Figure]?: number | undefined;
} & {
  /** Rules of a definition that were broken, and where. */
  readonly violations?: readonly { readonly path: string; readonly rule: string }[] | undefined;
  readonly error?: unknown;
};

/** The ids alone: what a line of one upload's way is found by. */
export type Trace = Pick<About, (typeof ids)[number] | 'datasetVersion'>;

/** Our ids, codes and object keys are such words; what is longer, or has a blank or a Chinese character, is something else. */
const word = /^[\x21-\x7e]{1,200}$/;

type Written = Readonly<Record<string, string | number | Told | readonly object[]>>;

/** What is written of it: only what is on the list and of its kind, however it got here; errors as `told` tells them. */
export function written({ error, violations, ...about }: About): Written {
  const line: Record<string, Written[string]> = {};
  for (const name of texts) {
    const value = about[name];
    if (typeof value === 'string' && word.test(value)) line[name] = value;
  }
  for (const name of numbers) {
    const value = about[name];
    if (typeof value === 'number') line[name] = value;
  }
  if (violations) line['violations'] = violations.map(({ path, rule }) => ({ path, rule }));
  if (error !== undefined) line['error'] = told(error);
  return line;
}

/** The ids among a thing's properties: of a request's path, of a message. */
export function traceOf(value: unknown): Trace {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(
    ([name, id]) =>
      ((ids as readonly string[]).includes(name) && typeof id === 'string') ||
      (name === 'datasetVersion' && typeof id === 'number'),
  );
  return Object.fromEntries(entries);
}
