import type { AgreementText, TextSection } from '../../../../schemas/contracts/views.ts';
import type { Words, Language } from '../../../../schemas/words/language.ts';
import { type Clause, type Reading } from './clause.ts';
import { basisClauses, dutyClauses, validityClauses } from './duties.ts';
import { fieldClauses } from './fields.ts';
import { modeClauses } from './mode.ts';
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
  parties: { heading: { zh: '一、当事各方', en: '1. Between whom' }, clauses: partyClauses },
  data: { heading: { zh: '二、提供的信息项', en: '2. Which fields' }, clauses: fieldClauses },
  rows: { heading: { zh: '三、提供的记录', en: '3. Which records' }, clauses: rowClauses },
  delivery: { heading: { zh: '四、提供方式', en: '4. How and when' }, clauses: modeClauses },
  basis: { heading: { zh: '五、用途和依据', en: '5. What for' }, clauses: basisClauses },
  validity: { heading: { zh: '六、有效期', en: '6. How long' }, clauses: validityClauses },
  duties: { heading: { zh: '七、义务', en: '7. Duties' }, clauses: dutyClauses },
  standing: { heading: { zh: '八、协议状态', en: '8. Where it stands' }, clauses: standingClauses },
  next: { heading: { zh: '九、下一步', en: '9. What happens next' }, clauses: nextClauses },
};

/**
 * An agreement in plain words, made of the same terms that deliveries are made of. Each sentence names the place of the data
 * that it speaks of; each term is spoken of in one sentence.
 */
export function textOf(reading: Reading, language: Language): AgreementText {
  const { agreement, version, definition } = reading;
  const title = {
    zh: `数据共享协议：${definition.title}`,
    en: `Data sharing agreement: ${definition.titleEn ?? definition.title}`,
  };
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
