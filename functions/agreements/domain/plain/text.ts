import type { AgreementText, TextLanguage, TextSection } from '../../../../schemas/contracts/views.ts';
import { both, type Clause, type Reading, type Words } from './clause.ts';
import { deliveryClauses } from './delivery.ts';
import { basisClauses, dutyClauses, validityClauses } from './duties.ts';
import { fieldClauses } from './fields.ts';
import { nextClauses } from './next.ts';
import { partyClauses } from './parties.ts';
import { rowClauses } from './rows.ts';
import { standingClauses } from './standing.ts';

interface Part {
  readonly heading: Words;
  readonly clauses: (reading: Reading) => readonly Clause[];
}

/** In the order in which they are read. */
const parts: Readonly<Record<TextSection['id'], Part>> = {
  parties: { heading: both('一、当事各方', '1. Between whom'), clauses: partyClauses },
  data: { heading: both('二、提供的信息项', '2. Which fields'), clauses: fieldClauses },
  rows: { heading: both('三、提供的记录', '3. Which records'), clauses: rowClauses },
  delivery: { heading: both('四、提供方式', '4. How and when'), clauses: deliveryClauses },
  basis: { heading: both('五、用途和依据', '5. What for'), clauses: basisClauses },
  validity: { heading: both('六、有效期', '6. How long'), clauses: validityClauses },
  duties: { heading: both('七、义务', '7. Duties'), clauses: dutyClauses },
  standing: { heading: both('八、协议状态', '8. Where it stands'), clauses: standingClauses },
  next: { heading: both('九、下一步', '9. What happens next'), clauses: nextClauses },
};

/**
 * An agreement in plain words, made of the same terms that deliveries are made of. Each sentence names the place of the data
 * that it speaks of; each term is spoken of in one sentence.
 */
export function textOf(reading: Reading, language: TextLanguage): AgreementText {
  const { agreement, version, definition } = reading;
  const title = both(
    `数据共享协议：${definition.title}`,
    `Data sharing agreement: ${definition.titleEn ?? definition.title}`,
  );
  const sections = Object.entries(parts).map(([id, { heading, clauses }]): TextSection => {
    const sentences = clauses(reading).map(({ path, words }) => ({ path, text: words[language] }));
    return { id: id as TextSection['id'], heading: heading[language], sentences };
  });
  return {
    agreementId: agreement.agreementId,
    termsVersion: version.version,
    termsDigest: version.digest,
    language,
    title: title[language],
    sections: sections.filter(({ sentences }) => sentences.length > 0),
  };
}
