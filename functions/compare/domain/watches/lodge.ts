import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { ComparedList } from '../../../../schemas/contracts/comparisons.ts';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { WatchId } from '../../../../schemas/contracts/ids.ts';
import type { RecordKey } from '../../../../schemas/contracts/lookups.ts';
import type { Violation } from '../../../../schemas/contracts/problem.ts';
import type { LodgeKeysBody } from '../../../../schemas/contracts/watches.ts';
import type { WatchIn } from '../../../../schemas/stored/watches.ts';
import { quotaOn, type Quota } from '../../../kernel/quota.ts';
import { readKeys } from '../../../reading/record-key.ts';
import { lineOf } from '../../../records/index.ts';
import { listProblems, sentUntil } from '../announcement.ts';
import type { WatchableTerms } from './watched-terms.ts';

/** What is wrong with what is lodged, by places of the call; of keys by field and rule, never by value. */
export function lodgingProblems(
  { keys, list }: LodgeKeysBody,
  terms: WatchableTerms,
  schema: TableSchema,
): readonly Violation[] {
  const { watchKeys = 0, key } = terms;
  if (watchKeys === 0) return [{ path: '/agreementId', rule: 'not-agreed', message: 'the terms say no watchKeys' }];
  if (list) return listProblems(list, key, '/list');
  const given = keys ?? [];
  return [
    ...(given.length > watchKeys
      ? [{ path: '/keys', rule: 'too-many', message: `these terms let ${watchKeys} keys be watched` }]
      : []),
    ...readKeys(given, key, schema, (i) => ['keys', String(i)]).violations,
  ];
}

/** How many keys may be lodged on the day of an instant: as many as may be watched at once. */
export const watchedADay = (
  { agreementId }: Pick<Agreement, 'agreementId'>,
  watchKeys: number,
  timeZone: string,
  at: string,
): Quota => quotaOn(`watches#${agreementId}`, watchKeys, timeZone, at);

/** What is wrong with so many keys beside those that are watched already. */
export const atOnceProblems = (keys: number, atOnce: number, watchKeys: number): readonly Violation[] =>
  atOnce + keys <= watchKeys
    ? []
    : [
        {
          path: '/keys',
          rule: 'too-many',
          message: `these terms let ${watchKeys} keys be watched at once, and ${atOnce} are: end another watch, or lodge fewer`,
        },
      ];

/** Keys of a call as the file that they could have been sent as: their order is the list's. */
export const keysAsCsv = (keys: readonly RecordKey[], fields: readonly string[]): string =>
  [lineOf(fields), ...keys.map((key) => lineOf(fields.map((field) => key[field] ?? '')))].join('');

interface Lodging {
  readonly watchId: WatchId;
  readonly session: string;
  readonly at: string;
}

export const lodged = (
  list: ComparedList,
  { agreementId, termsVersion, resourceId, provider, consumer }: Agreement,
  { purpose }: WatchableTerms,
  { watchId, session, at }: Lodging,
): WatchIn<'awaiting'> => ({
  watchId,
  agreementId,
  termsVersion,
  resourceId,
  provider,
  consumer,
  purpose,
  list,
  session,
  epoch: 0,
  state: 'awaiting',
  lodgedAt: at,
  expiresAt: sentUntil(at),
});
