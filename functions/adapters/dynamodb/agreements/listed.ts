import type { AgreementQuery, AgreementSummary } from '../../../../schemas/contracts/agreements.ts';
import type { DepartmentId } from '../../../../schemas/contracts/ids.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { PartyPointer } from '../../../../schemas/stored/agreements.ts';
import { fromItem } from '../table/items.ts';
import type { Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { LISTED_AGREEMENTS, listedKey } from './items.ts';

/** A department's agreements, in order of proposal; strongly consistent. */
export const listOf = (table: Table, party: DepartmentId, query: AgreementQuery): Promise<Page<AgreementSummary>> =>
  pageOf(table, { from: { pk: `PARTY#${party}`, prefix: 'AGREEMENT#' } }, query, (item) =>
    wantedOf(fromItem(PartyPointer, item).summary, query),
  );

/** Everybody's agreements, in order of proposal; eventually consistent. */
export const listAll = (table: Table, query: AgreementQuery): Promise<Page<AgreementSummary>> =>
  pageOf(table, { from: { list: LISTED_AGREEMENTS, keyOf: listedKey } }, query, (item) =>
    wantedOf(fromItem(PartyPointer, item).summary, query),
  );

const wantedOf = (summary: AgreementSummary, { resourceId, state, scheme }: AgreementQuery) =>
  (resourceId === undefined || summary.resourceId === resourceId) &&
  (state === undefined || summary.state === state) &&
  (scheme === undefined || summary.scheme === scheme)
    ? summary
    : undefined;
