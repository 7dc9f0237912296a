import { BLIND_COLUMN, type AnnounceComparisonBody } from '../../../schemas/contracts/comparisons.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import type { ComparisonTerms } from '../../../schemas/contracts/terms.ts';
import { isKeyedDigest, type ListOutcome } from '../../records/index.ts';
import type { ListRefusal } from './comparison.ts';
import { listRefusal } from './list-refusal.ts';
import { GRANTS, type ListKind } from './judged-lines.ts';

type Announced = Pick<AnnounceComparisonBody, 'kind' | 'columns' | 'blind'>;

/**
 * Why a list cannot be compared blindly: a digest of the key says whether there is such a record, and nothing else of it.
 * Compared fields would make a match of what the terms call a mismatch; granted ones would stand in the result in the clear.
 */
export function blindProblems({ kind, columns, blind }: Announced, terms: ComparisonTerms): readonly Violation[] {
  if (!blind) return [];
  const problems: Violation[] = [];
  const found = (path: string, rule: string, message: string) => problems.push({ path, rule, message });
  if (!isBlindKind(kind)) found('/kind', 'not-blind', `blind are: ${BLIND_KINDS.join(', ')}`);
  else if (GRANTS[kind] && terms.fields.length > 0)
    found(
      '/blind',
      'fields-granted',
      `the terms grant fields on a match, which would not be blind: ${terms.fields.join(', ')}`,
    );
  if (terms.compare.length > 0)
    found(
      '/blind',
      'fields-compared',
      `the terms compare fields beside the key, of which digests of keys say nothing: ${terms.compare.join(', ')}`,
    );
  if (columns) found('/columns', 'not-blind', `a blind list has the column ${BLIND_COLUMN} alone`);
  if (!looksRandom(blind.key)) found('/blind/key', 'not-random', 'a key is 32 random bytes, new for each run');
  return problems;
}

const BLIND_KINDS = ['intersect', 'except'] as const satisfies readonly ListKind[];
const isBlindKind = (kind: string): kind is (typeof BLIND_KINDS)[number] =>
  (BLIND_KINDS as readonly string[]).includes(kind);

/** Of 32 random bytes fewer than 16 are different less often than once in 10^20 times; of what nobody filled, always. */
const looksRandom = (key: string): boolean => new Set(Buffer.from(key, 'base64')).size >= 16;

/** How a blind list is read: as a table with the digests alone. */
export const blindList = {
  key: [BLIND_COLUMN],
  compare: [],
  schema: TableSchema.parse({ fields: [{ name: BLIND_COLUMN, type: 'string' }] }),
  textOf: () => (text: string) => (isKeyedDigest(text) ? text : null),
} as const;

/** Names of columns are not said again: the first line of a file that is no such list may be somebody's data. */
const NOT_BLIND: ListRefusal = {
  code: 'header',
  detail: `a blind list has the column ${BLIND_COLUMN} and nothing else`,
};

/** Why what was read as a blind list is none: whatever it had beside digests would be no secret. */
export function blindRefusal(list: ListOutcome, most: number): ListRefusal | undefined {
  if (list.verdict === 'read') return list.columns.length === 1 ? undefined : NOT_BLIND;
  const { refusal } = list;
  return 'code' in refusal || refusal.fault === 'too-long' ? listRefusal(refusal, most) : NOT_BLIND;
}
