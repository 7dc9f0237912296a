import type { Agreement, Terms } from '../../../schemas/contracts/agreements.ts';
import type { Look } from '../look.ts';
import { facts } from '../table.ts';
import { conditionText } from '../terms.ts';
import { either, word } from './words.ts';

/** The terms on the table, as a person reads them before accepting or signing. */
export function termsScreen(agreement: Agreement, look: Look): string {
  const current = agreement.terms.find(({ version }) => version === agreement.termsVersion);
  if (!current) return '';
  const { terms, proposedBy } = current;
  return facts(
    [
      [
        word('terms', look),
        `v${current.version}, ${either(look, `proposed by ${proposedBy}`, `由 ${proposedBy} 提出`)}`,
      ],
      [word('resource', look), `${agreement.resourceId}  v${agreement.resourceVersion}`],
      [word('provider', look), agreement.provider],
      [word('consumer', look), agreement.consumer],
      ...termEntries(terms, look),
      [word('digest', look), agreement.termsDigest],
    ],
    look,
  );
}

function termEntries(terms: Terms, look: Look): (readonly [string, string])[] {
  const { duties } = terms;
  const days = duties.disposal.retainDays;
  return [
    [word('fields', look), terms.fields.join(', ')],
    [word('filter', look), terms.filter.map(conditionText).join('  &  ') || either(look, 'all rows', '全部记录')],
    [
      word('mask', look),
      Object.entries(terms.mask)
        .map(([field, mask]) => `${field}=${mask}`)
        .join(', '),
    ],
    [word('format', look), `${terms.format} (${terms.content})`],
    [word('frequency', look), terms.frequency === 'on-arrival' ? terms.frequency : `${terms.frequency} at ${terms.at}`],
    [word('purpose', look), terms.purpose],
    [word('basis', look), terms.legalBasis],
    [word('valid', look), `${terms.validFrom} – ${terms.validTo}`],
    [word('disposal', look), either(look, `after ${days} days`, `${days} 天后`)],
    [word('use', look), duties.use],
    [word('security', look), duties.security],
  ];
}
