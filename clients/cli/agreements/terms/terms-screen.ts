import { findVersion } from '../../../../functions/reading/terms.ts';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { Terms } from '../../../../schemas/contracts/terms.ts';
import { onTheTable, type OnTheTable } from '../../../protocol/on-the-table.ts';
import { either, word } from '../../../words/speech.ts';
import type { Look } from '../../terminal/look.ts';
import { facts } from '../../terminal/table.ts';
import { conditionText } from './terms.ts';

/** Terms as a person reads them before accepting or signing: those on the table, or others that are named. */
export function termsScreen(
  agreement: Agreement,
  look: Look,
  { termsVersion, termsDigest, resourceVersion }: Omit<OnTheTable, 'signatures' | 'approvals'> = onTheTable(agreement),
): string {
  const shown = findVersion(agreement, termsVersion);
  if (!shown) return '';
  const { version, proposedBy, terms } = shown;
  return facts(
    [
      [word('terms', look), `v${version}, ${either(look, `proposed by ${proposedBy}`, `由 ${proposedBy} 提出`)}`],
      [word('resource', look), `${agreement.resourceId}  v${resourceVersion}`],
      [word('provider', look), agreement.provider],
      [word('consumer', look), agreement.consumer],
      ...termEntries(terms, look),
      [word('digest', look), termsDigest],
    ],
    look,
  );
}

function termEntries(terms: Terms, look: Look): (readonly [string, string])[] {
  return [
    [word('fields', look), terms.fields.join(', ')],
    [word('filter', look), terms.filter.map(conditionText).join('  &  ') || either(look, 'all rows', '全部记录')],
    [word('mask', look), pairs(terms.mask)],
    [word('format', look), `${terms.format} (${terms.content})`],
    [word('frequency', look), terms.frequency === 'on-arrival' ? terms.frequency : `${terms.frequency} at ${terms.at}`],
    [word('purpose', look), terms.purpose],
    [word('basis', look), terms.legalBasis],
    [word('valid', look), `${terms.validFrom} – ${terms.validTo}`],
    ...dutyEntries(terms, look),
  ];
}

function dutyEntries({ duties, justification = {} }: Terms, look: Look): (readonly [string, string])[] {
  const days = duties.disposal.retainDays;
  return [
    [word('disposal', look), either(look, `after ${days} days`, `${days} 天后`)],
    [word('provision', look), duties.provision],
    [word('use', look), duties.use],
    [word('security', look), duties.security],
    [word('unmasked', look), pairs(justification)],
  ];
}

const pairs = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
