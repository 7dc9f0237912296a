import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { DepartmentId, ReconciliationId } from '../../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../../schemas/contracts/problem.ts';
import type { OrderReconciliationBody } from '../../../../schemas/contracts/reconciliations.ts';
import type { ComparisonTerms } from '../../../../schemas/contracts/terms.ts';
import type { ReconciliationIn } from '../../../../schemas/stored/reconciliations.ts';
import { attachmentField } from '../../../records/index.ts';
import { listProblems } from '../announcement.ts';

/** What is ordered to be compared. */
type Asked = Pick<OrderReconciliationBody, 'kind' | 'list'>;

/** A resource as far as it can be a list. */
export interface ListResource {
  readonly provider: DepartmentId;
  readonly isRetired: boolean;
  /** Of its newest version. */
  readonly schema: TableSchema;
}

/**
 * Why terms do not let a comparison be repeated, by places of the call. Two results that differ by a row tell of that row,
 * which is what `minResult` is to prevent; scores of `link` and references of pictures are others with each run.
 */
export function repetitionProblems(
  { kind, list }: Asked,
  terms: ComparisonTerms,
  schema: TableSchema,
): readonly Violation[] {
  const { kinds, key, compare, fields, minResult } = terms;
  const problems: Violation[] = [];
  const found = (path: string, rule: string, message: string) => problems.push({ path, rule, message });
  if (kind === 'link') found('/kind', 'not-repeated', 'scores depend on all rows: one more row moves them all');
  else if (!kinds.includes(kind)) found('/kind', 'not-agreed', `agreed are: ${kinds.join(', ')}`);
  if (minResult > 1)
    found('/agreementId', 'min-result', `the terms withhold results with fewer than ${minResult} matches`);
  const picture = attachmentField(schema)?.name;
  if (picture !== undefined && fields.includes(picture))
    found('/agreementId', 'attachment', `references of ${picture} are others with each result`);
  const { columns } = list;
  const named = listProblems({ format: 'csv', encoding: 'utf-8', bytes: 1, columns }, [...key, ...compare], '/list');
  return [...problems, ...named];
}

/** Why a resource cannot be the list, by places of the call. */
export function listResourceProblems(
  { list: { columns = {} } }: Asked,
  { key, compare }: ComparisonTerms,
  resource: ListResource | undefined,
  consumer: DepartmentId,
): readonly Violation[] {
  const path = '/list/resourceId';
  if (resource?.provider !== consumer)
    return [{ path, rule: 'not-provided', message: 'the list is a resource that your department provides' }];
  if (resource.isRetired) return [{ path, rule: 'retired', message: 'the resource takes no more data' }];
  const names = new Set(resource.schema.fields.map(({ name }) => name));
  return [...key, ...compare]
    .filter((field) => !names.has((Object.hasOwn(columns, field) ? columns[field] : undefined) ?? field))
    .map((field) => ({ path, rule: 'no-column', message: `it has no field for ${field}; name it in columns` }));
}

export interface Ordering {
  readonly reconciliationId: ReconciliationId;
  readonly session: string;
  readonly at: string;
}

/** Its first run is due at once. */
export const ordered = (
  { kind, list, every, at: time, resultFormat }: OrderReconciliationBody,
  { agreementId, termsVersion, resourceId, provider, consumer }: Agreement,
  { purpose }: ComparisonTerms,
  { reconciliationId, session, at }: Ordering,
): ReconciliationIn<'active'> => ({
  reconciliationId,
  agreementId,
  termsVersion,
  resourceId,
  provider,
  consumer,
  purpose,
  comparisonKind: kind,
  list,
  every,
  at: time,
  resultFormat,
  session,
  epoch: 0,
  orderedAt: at,
  state: 'active',
  dueAt: at,
});
