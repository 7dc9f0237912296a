import type { AgreementId } from '../../../../schemas/contracts/ids.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';

/** Serialises with the commit that ends the agreement: one of the two comes first. */
export const whileActive = (table: Table, id: AgreementId, termsVersion: number): Write => ({
  ConditionCheck: {
    TableName: table.name,
    Key: keyOf.agreement(id),
    ConditionExpression: '#state = :active AND termsVersion = :version',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':active': 'active', ':version': termsVersion },
  },
});
