import type { AgreementSummary } from '../../../schemas/contracts/agreements.ts';
import { either, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

export function agreementsScreen({ items }: { readonly items: readonly AgreementSummary[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No such agreement.', '没有这样的共享协议。'), look);
  return table(
    items,
    [
      { head: word('agreement', look), value: ({ agreementId }) => agreementId, id: true },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('provider', look), value: ({ provider }) => provider, flexible: true },
      { head: word('consumer', look), value: ({ consumer }) => consumer, flexible: true },
      { head: word('state', look), value: ({ state }) => word(state, look) },
      { head: word('filing', look), value: ({ filingNumber }) => filingNumber ?? '' },
    ],
    look,
  );
}
