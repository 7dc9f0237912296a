import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { BreakingMark } from '../../../schemas/contracts/resources.ts';
import type { ResourceAgreements } from '../../catalog/ports.ts';
import { agreementsOnResource } from './agreements.ts';
import { keyOf } from './keys.ts';
import { putNew, toItem, type Table, type Write } from './table.ts';

export const dynamoResourceAgreements = (table: Table): ResourceAgreements => ({
  async notOver(id) {
    const found: Agreement[] = [];
    for await (const agreement of agreementsOnResource(table, id)) {
      if (agreement.state !== 'terminated' && agreement.state !== 'expired') found.push(agreement);
    }
    return found;
  },
});

/** Found by the agreements' clock, which tells each agreement and then takes the mark away. */
export const writeBreakingMark = (table: Table, mark: BreakingMark, at: string): Write =>
  putNew(
    table,
    toItem('breaking', keyOf.breaking(mark.resourceId, mark.resourceVersion), mark, {
      due: { partition: 'BREAKING', at },
    }),
  );
