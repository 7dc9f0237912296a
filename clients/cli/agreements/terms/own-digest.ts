import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { onTheTable } from '../../../protocol/on-the-table.ts';
import { Failure } from '../../terminal/failure.ts';

/** Nobody signs a digest that does not belong to the terms that were shown. */
export async function ownDigest(agreement: Agreement): Promise<string> {
  const { termsDigestOf } = await import('../../../protocol/terms-digest.ts');
  const digest = await termsDigestOf(agreement);
  if (digest !== undefined && digest === onTheTable(agreement).termsDigest) return digest;
  throw new Failure({
    what: 'Not signed: the digest that the hub gives is not that of the terms it shows.',
    code: 'digest-differs',
    next: ['Tell the administrator of the hub; --digest signs a digest that you computed yourself.'],
  });
}
