import type { AgreementText, Precedent } from '../../../../schemas/contracts/views.ts';
import { deliveryTerms } from '../../../../functions/reading/terms.ts';
import { either, word } from '../../../words/speech.ts';
import { bold, dim, type Look } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';

/** The agreement in plain words: a heading, then a sentence a line. */
export const textScreen = ({ title, sections, agreementId, termsVersion, termsDigest }: AgreementText, look: Look) =>
  [
    bold(title, look),
    dim(`${agreementId}  v${termsVersion}  ${termsDigest}`, look),
    ...sections.map(({ heading, sentences }) =>
      [`\n${bold(heading, look)}`, ...sentences.map(({ text }) => `  ${text}`)].join('\n'),
    ),
  ].join('\n');

/** What others get of a resource. */
export function precedentsScreen({ items }: { readonly items: readonly Precedent[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nobody has terms in force on it.', '尚无生效条款。'), look);
  return table(
    items,
    [
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('agreement', look), value: ({ agreementId }) => agreementId, id: true },
      { head: word('frequency', look), value: ({ terms }) => deliveryTerms(terms)?.frequency ?? terms.mode },
      { head: word('fields', look), value: ({ terms }) => terms.fields.join(','), flexible: true },
      { head: word('purpose', look), value: ({ terms }) => terms.purpose, flexible: true },
    ],
    look,
  );
}
