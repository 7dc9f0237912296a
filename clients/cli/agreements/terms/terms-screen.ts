import { findVersion } from '../../../../functions/reading/terms.ts';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { ComparisonTerms, DeliveryTerms, LookupTerms, Terms } from '../../../../schemas/contracts/terms.ts';
import { onTheTable, type OnTheTable } from '../../../protocol/on-the-table.ts';
import { either, word } from '../../../words/speech.ts';
import type { Look } from '../../terminal/look.ts';
import { facts } from '../../terminal/table.ts';
import { conditionText } from './terms.ts';

type Entries = readonly (readonly [string, string])[];

/** Terms as a person reads them before accepting or signing: those on the table, or others that are named. */
export function termsScreen(
  agreement: Agreement,
  look: Look,
  {
    termsVersion,
    termsDigest,
    resourceVersion,
  }: Omit<OnTheTable, 'signatures' | 'approvals' | 'consents'> = onTheTable(agreement),
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

function termEntries(terms: Terms, look: Look): Entries {
  return [
    [word('mode', look), word(terms.mode, look)],
    [word('fields', look), terms.fields.join(', ')],
    [word('filter', look), terms.filter.map(conditionText).join('  &  ') || either(look, 'all rows', '全部记录')],
    [word('mask', look), pairs(terms.mask)],
    ...modeEntries(terms, look),
    [word('purpose', look), terms.purpose],
    [word('basis', look), terms.legalBasis],
    [word('valid', look), `${terms.validFrom} – ${terms.validTo}`],
    [word('resharing', look), terms.reshare ?? ''],
    ...dutyEntries(terms, look),
  ];
}

function modeEntries(terms: Terms, look: Look): Entries {
  switch (terms.mode) {
    case 'delivery':
      return deliveryEntries(terms, look);
    case 'lookup':
      return lookupEntries(terms, look);
    case 'comparison':
      return comparisonEntries(terms, look);
    default:
      return terms satisfies never;
  }
}

const deliveryEntries = ({ format, content, frequency, at }: DeliveryTerms, look: Look): Entries => [
  [word('format', look), `${format} (${content})`],
  [word('frequency', look), frequency === 'on-arrival' ? frequency : `${frequency} at ${at}`],
];

/** How many keys may be watched, where any may. */
export const watchedEntry = ({ watchKeys }: Pick<LookupTerms, 'watchKeys'>, look: Look): Entries[number] => [
  either(look, 'watched keys', '监测主键数'),
  watchKeys === undefined ? '' : String(watchKeys),
];

const lookupEntries = ({ key, keys, perDay, perUserPerDay, reasons, watchKeys }: LookupTerms, look: Look): Entries => [
  [word('key', look), key.join(', ')],
  [
    word('quota', look),
    either(
      look,
      `${perDay} a day, ${perUserPerDay} of each user, ${keys} a call`,
      `每天 ${perDay} 条，每人 ${perUserPerDay} 条，每次 ${keys} 条`,
    ),
  ],
  [word('reasons', look), reasons.join(' | ')],
  watchedEntry({ watchKeys }, look),
];

const comparisonEntries = (terms: ComparisonTerms, look: Look): Entries => [
  [word('kinds', look), terms.kinds.join(', ')],
  [word('key', look), terms.key.join(', ')],
  [word('compared', look), terms.compare.join(', ')],
  [word('threshold', look), terms.threshold === undefined ? '' : String(terms.threshold)],
  [
    word('quota', look),
    either(
      look,
      `${terms.runsPerDay} runs a day, ${terms.maxList} rows a list, ${terms.minResult} matches at least`,
      `每天 ${terms.runsPerDay} 次，每份名单 ${terms.maxList} 行，至少 ${terms.minResult} 条相符`,
    ),
  ],
  [word('approval', look), terms.approval],
  watchedEntry(terms, look),
];

function dutyEntries({ duties, justification = {} }: Terms, look: Look): Entries {
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
