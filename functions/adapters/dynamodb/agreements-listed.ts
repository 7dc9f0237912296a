import type { Agreement, AgreementQuery, AgreementSummary } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Page } from '../../../schemas/contracts/paging.ts';
import { AgreementItem, ALL_AGREEMENTS } from './agreements-items.ts';
import { agreementsBehind } from './agreements.ts';
import { keyOf } from './keys.ts';
import { decode, encode, fromItem, pageOf, type Table } from './table.ts';

/** A department's agreements, in order of proposal; strongly consistent. */
export async function listOf(
  table: Table,
  party: DepartmentId,
  query: AgreementQuery,
): Promise<Page<AgreementSummary>> {
  const pointers = {
    listing: { from: { pk: `PARTY#${party}`, prefix: 'AGREEMENT#' } },
    wanted: (pointer: Pick<Agreement, 'resourceId'>) => isOn(pointer, query),
    after: query.cursor === undefined ? undefined : decode(query.cursor),
    atOnce: query.limit + 1,
  };
  const items: AgreementSummary[] = [];
  let last: string | undefined;
  for await (const { agreement, position } of agreementsBehind(table, pointers)) {
    if (items.length === query.limit && last !== undefined) return { items, cursor: encode(last) };
    if (isWanted(agreement, query)) items.push(summaryOf(agreement));
    last = position;
  }
  return { items };
}

/** Everybody's agreements, in order of proposal; eventually consistent. */
export const listAll = (table: Table, query: AgreementQuery): Promise<Page<AgreementSummary>> =>
  pageOf(
    table,
    { from: { list: ALL_AGREEMENTS, keyOf: (position) => keyOf.agreement(position as AgreementId) } },
    query,
    (item) => {
      const agreement = fromItem(AgreementItem, item);
      return isWanted(agreement, query) ? summaryOf(agreement) : undefined;
    },
  );

const isOn = ({ resourceId }: Pick<Agreement, 'resourceId'>, query: AgreementQuery): boolean =>
  query.resourceId === undefined || resourceId === query.resourceId;

const isWanted = (agreement: Agreement, query: AgreementQuery): boolean =>
  isOn(agreement, query) && (query.state === undefined || agreement.state === query.state);

const summaryOf = ({ terms: _t, history: _h, signatures: _s, ...summary }: Agreement): AgreementSummary => summary;
