import type { ResourceUse } from '../../../schemas/contracts/uses.ts';
import { consentStates } from '../../words/derivations.ts';
import { either, say, word } from '../../words/speech.ts';
import { conditionText } from '../agreements/terms/terms.ts';
import { dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

type Using = ResourceUse['terms'][number];

/** Who uses one's fields of a derived resource: a line for each terms version. */
export function usesScreen({ items }: { readonly items: readonly ResourceUse[] }, look: Look): string {
  const lines = items.flatMap((use) => use.terms.map((terms) => ({ use, terms })));
  if (lines.length === 0) return dim(either(look, 'Nobody uses them.', '尚无使用。'), look);
  return table(
    lines,
    [
      { head: word('agreement', look), value: ({ use }) => use.agreementId },
      { head: word('consumer', look), value: ({ use }) => use.consumer },
      { head: word('state', look), value: ({ use }) => word(use.state, look) },
      { head: word('terms', look), value: ({ terms }) => `v${terms.termsVersion}` },
      { head: word('fields', look), value: ({ terms }) => terms.fields.join(', '), flexible: true },
      {
        head: either(look, 'consent', '同意'),
        value: ({ terms: { asked } }) => (asked ? say(consentStates[asked.consent.state], look) : ''),
      },
    ],
    look,
  );
}

/** What is consented to, as far as it concerns whoever is asked. */
export const askedScreen = ({ resourceId, provider, consumer }: ResourceUse, terms: Using, look: Look): string =>
  facts(
    [
      [word('terms', look), `v${terms.termsVersion}`],
      [word('resource', look), resourceId],
      [word('provider', look), provider],
      [word('consumer', look), consumer],
      [either(look, 'your fields', '你方信息项'), terms.fields.join(', ')],
      ...askedFacts(terms.asked, look),
    ],
    look,
  );

function askedFacts(asked: Using['asked'], look: Look): (readonly [string, string | undefined])[] {
  if (!asked) return [];
  const masks = Object.entries(asked.mask).map(([field, mask]) => `${field}=${mask}`);
  return [
    [word('mode', look), word(asked.mode, look)],
    [word('mask', look), masks.join(', ')],
    [word('filter', look), asked.filter.map(conditionText).join('  &  ')],
    [word('purpose', look), asked.purpose],
    [word('basis', look), asked.legalBasis],
    [word('valid', look), `${asked.validFrom} – ${asked.validTo}`],
    [word('resharing', look), asked.reshare],
    [word('disposal', look), either(look, `after ${asked.retainDays} days`, `${asked.retainDays} 天后`)],
    [word('digest', look), asked.termsDigest],
    [either(look, 'consent', '同意'), say(consentStates[asked.consent.state], look)],
  ];
}
