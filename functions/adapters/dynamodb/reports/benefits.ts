import type { AgreementId } from '../../../../schemas/contracts/ids.ts';
import { StoredBenefit } from '../../../../schemas/stored/reports.ts';
import type { Benefits } from '../../../reports/ports.ts';
import { writeAnswer } from '../answers.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Table } from '../table/reads.ts';
import { pageOf, walk } from '../table/walk.ts';
import { commit, put, type Write } from '../table/write.ts';

const listOf = (month: string): string => `BENEFITS#${month}`;

export const dynamoBenefits = (table: Table): Benefits => ({
  async state({ benefit, evidence, notices, answer }) {
    const result = await commit(table, [
      putBenefit(table, benefit),
      ...writeEvidence(table, evidence),
      ...writeMessages(table, notices),
      ...writeAnswer(table, answer),
    ]);
    return result.committed;
  },

  async find(id, month) {
    const item = await readItem(table, keyOf.benefit(id, month));
    return item && fromItem(StoredBenefit, item);
  },

  ofAgreement: (id, page) =>
    pageOf(table, { from: { pk: keyOf.agreement(id).pk, prefix: 'BENEFIT#' }, newestFirst: true }, page, (item) =>
      fromItem(StoredBenefit, item),
    ),

  async inMonth(month) {
    const found: StoredBenefit[] = [];
    const position = (id: string) => keyOf.benefit(id as AgreementId, month);
    for await (const { item } of walk(table, { from: { list: listOf(month), keyOf: position } }))
      found.push(fromItem(StoredBenefit, item));
    return found;
  },
});

/** The last word on a month stays; what was said before is in the evidence. */
const putBenefit = (table: Table, benefit: StoredBenefit): Write =>
  put(
    table,
    toItem('benefit', keyOf.benefit(benefit.agreementId, benefit.period), benefit, {
      list: { partition: listOf(benefit.period), position: benefit.agreementId },
    }),
  );
