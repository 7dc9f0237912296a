import type { AgreementId } from '../../../../schemas/contracts/ids.ts';
import { StoredAsked, StoredUse } from '../../../../schemas/stored/reports.ts';
import type { Uses } from '../../../reports/ports.ts';
import { change } from '../table/change.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';
import type { Write } from '../table/write.ts';

export const dynamoUses = (table: Table): Uses => ({
  async *of(id: AgreementId) {
    const listing = { from: { pk: keyOf.agreement(id).pk, prefix: 'USAGE#' }, newestFirst: true };
    for await (const { item } of walk(table, listing)) yield fromItem(StoredUse, item);
  },
  async asked(id, month = '') {
    const found: StoredAsked[] = [];
    const listing = { from: { pk: keyOf.agreement(id).pk, prefix: `ASKED#${month}` }, newestFirst: true };
    for await (const { item } of walk(table, listing)) found.push(fromItem(StoredAsked, item));
    return found;
  },
});

/**
 * Acts come about in order of their time, and of two requests the later one is the one to keep. Whatever comes first makes
 * the item: a request may be counted before the release that it followed.
 */
export function addUse(table: Table, use: StoredUse): Write {
  const { requests, ...set } = use;
  return change(table, keyOf.usage(use.agreementId, use.termsVersion, use.datasetVersion), {
    set: { kind: 'usage', ...set },
    add: { requests },
  });
}

/** The same of what was looked up and compared. */
export function addAsked(table: Table, asked: StoredAsked): Write {
  const { agreementId, month, termsVersion, askedAt, usedAt, ...add } = asked;
  return change(table, keyOf.asked(agreementId, month, termsVersion), {
    set: { kind: 'asked', agreementId, month, termsVersion, askedAt, usedAt },
    add,
  });
}
