import type { AgreementText } from '../../../../schemas/contracts/views.ts';
import type { Language } from '../../../../schemas/words/language.ts';
import { escaped } from '../../../reading/markup.ts';

const STYLE = `
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: #111; }
h1 { font-size: 1.5rem; text-align: center; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 0.4rem; break-after: avoid; }
ol { padding-left: 1.6rem; margin: 0; }
li { margin: 0.2rem 0; overflow-wrap: anywhere; break-inside: avoid; }
footer { margin-top: 2rem; border-top: 1px solid #999; font-size: 0.8rem; overflow-wrap: anywhere; }
.signatures { display: flex; gap: 2rem; margin-top: 3rem; break-inside: avoid; }
.signatures p { flex: 1; border-top: 1px solid #111; padding-top: 0.3rem; }
@page { size: A4; margin: 20mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 11pt; } }
`;

const words: Readonly<Record<Language, { lang: string; provider: string; consumer: string; digest: string }>> = {
  zh: { lang: 'zh-CN', provider: '提供方（签章）', consumer: '使用方（签章）', digest: '条款摘要（SHA-256）' },
  en: {
    lang: 'en',
    provider: 'For the provider',
    consumer: 'For the consumer',
    digest: 'Digest of the terms (SHA-256)',
  },
};

/** The text as a page for printing: no script, nothing from anywhere else, and every word escaped, whoever wrote it. */
export function pageOf(text: Omit<AgreementText, 'html'>): string {
  const { lang, provider, consumer, digest } = words[text.language];
  const sections = text.sections.map(
    ({ id, heading, sentences }) =>
      `<section id="${id}">\n<h2>${escaped(heading)}</h2>\n<ol>\n${sentences
        .map((sentence) => `<li data-path="${escaped(sentence.path)}">${escaped(sentence.text)}</li>`)
        .join('\n')}\n</ol>\n</section>`,
  );
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(text.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(text.title)}</h1>
${sections.join('\n')}
<div class="signatures"><p>${provider}</p><p>${consumer}</p></div>
<footer>${text.agreementId} · ${text.termsVersion} · ${digest}: ${escaped(text.termsDigest)}</footer>
</body>
</html>
`;
}
