import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import {
  MAX_LIST_BYTES,
  MAX_NAMED_COLUMNS,
  type AnnounceComparisonBody,
  type ComparedList,
} from '../../../schemas/contracts/comparisons.ts';
import type { ComparisonId } from '../../../schemas/contracts/ids.ts';
import { pointerOf, type Violation } from '../../../schemas/contracts/problem.ts';
import type { ComparisonTerms } from '../../../schemas/contracts/terms.ts';
import type { ComparisonIn, SealedKey } from '../../../schemas/stored/comparisons.ts';
import { after } from '../../kernel/time.ts';
import { UPLOADS } from '../../records/index.ts';
import { blindProblems } from './blind.ts';
import { lookAfter } from './look-again.ts';
import { listKey } from './places.ts';

/** Until when the URL of a list takes it (functions/adapters/s3/presign.ts). */
export const sentUntil = (announcedAt: string): string => after(announcedAt, { hours: 1 });

/** What a comparison's announcement asks for that its terms do not grant, or that no list can be. */
export function announcementProblems(body: AnnounceComparisonBody, terms: ComparisonTerms): readonly Violation[] {
  const { kind, blind, columns, ...list } = body;
  const { kinds, key, compare } = terms;
  const notAgreed = { path: '/kind', rule: 'not-agreed', message: `agreed are: ${kinds.join(', ')}` };
  return [
    ...(kinds.includes(kind) ? [] : [notAgreed]),
    ...listProblems(blind ? list : { ...list, columns }, [...key, ...compare]),
    ...blindProblems(body, terms),
  ];
}

/**
 * What no list can be.
 * @param compared the fields that its columns can be of
 * @param at the place of what is said of it
 */
export function listProblems(
  { format, sheet, bytes, columns = {} }: Omit<ComparedList, 'sha256'>,
  compared: readonly string[],
  at = '',
): readonly Violation[] {
  const problems: Violation[] = [];
  const found = (member: string, rule: string, message: string) =>
    problems.push({ path: `${at}/${member}`, rule, message });
  if (bytes < 1) found('bytes', 'minimum', 'a list has at least 1 byte');
  if (bytes > MAX_LIST_BYTES) found('bytes', 'maximum', `a list has at most ${MAX_LIST_BYTES} bytes`);
  if (sheet !== undefined && !UPLOADS[format].hasSheets)
    found('sheet', 'format', 'only a list in the format xlsx has sheets');
  if (Object.keys(columns).length > MAX_NAMED_COLUMNS)
    found('columns', 'maximum', `at most ${MAX_NAMED_COLUMNS} columns are named`);
  return [...problems, ...columnProblems(columns, compared, at)];
}

/** Columns are named of fields that are compared, each of another one. */
function columnProblems(
  columns: Readonly<Record<string, string>>,
  compared: readonly string[],
  at: string,
): Violation[] {
  const named = Object.entries(columns);
  const repeated = named.filter(([, column], at) => named.findIndex(([, other]) => other === column) < at);
  return [
    ...named
      .filter(([field]) => !compared.includes(field))
      .map(([field]) => ({
        path: `${at}${pointerOf(['columns', field])}`,
        rule: 'not-compared',
        message: `compared are: ${compared.join(', ')}`,
      })),
    ...repeated.map(([field]) => ({
      path: `${at}${pointerOf(['columns', field])}`,
      rule: 'repeated',
      message: 'a column of the list is one field',
    })),
  ];
}

export interface Announcing {
  readonly comparisonId: ComparisonId;
  /** Of a blind one. */
  readonly sealedKey?: SealedKey | undefined;
  readonly session: string;
  readonly at: string;
}

export function announced(
  { agreementId, kind, resultFormat, blind, ...list }: AnnounceComparisonBody,
  { termsVersion, resourceId, provider, consumer }: Agreement,
  { purpose, approval }: ComparisonTerms,
  { comparisonId, sealedKey, session, at }: Announcing,
): ComparisonIn<'awaiting'> {
  return {
    comparisonId,
    agreementId,
    termsVersion,
    resourceId,
    provider,
    consumer,
    comparisonKind: kind,
    purpose,
    list,
    resultFormat: resultFormat ?? list.format,
    ...(blind && { blind: true, sealedKey }),
    ...(approval === 'provider' && { approval }),
    key: listKey(consumer, comparisonId),
    session,
    epoch: 0,
    state: 'awaiting',
    announcedAt: at,
    expiresAt: sentUntil(at),
    lookAgainAt: lookAfter(at, at),
  };
}
