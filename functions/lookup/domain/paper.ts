import { Temporal } from 'temporal-polyfill';
import type { LookupReport, ToldLookup } from '../../../schemas/contracts/lookups.ts';
import type { Language, Words } from '../../../schemas/words/language.ts';
import { escaped } from '../../reading/markup.ts';

const STYLE = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: #111; }
h1 { font-size: 1.4rem; text-align: center; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid #666; padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.seal { margin-top: 3rem; text-align: right; break-inside: avoid; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; } }
`;

interface Texts {
  readonly lang: string;
  readonly title: string;
  readonly resource: (title: string, provider: string) => string;
  readonly person: string;
  readonly asOf: (at: string, days: string) => string;
  readonly none: string;
  readonly goesOn: string;
  readonly heads: readonly string[];
  readonly found: readonly [string, string];
  readonly filing: (number: string) => string;
  readonly seal: string;
}

const texts: Readonly<Record<Language, Texts>> = {
  zh: {
    lang: 'zh-CN',
    title: '个人信息查询情况告知书',
    resource: (title, provider) => `信息资源：${title}（提供单位：${provider}）`,
    person: '申请人：____________________　证件号码：____________________',
    asOf: (at, zone) => `截至 ${at}（${zone}），以下为保存期内对申请人在该资源中记录的全部查询。`,
    none: '保存期内没有任何单位查询过该记录。',
    goesOn: '另有续页。',
    heads: ['时间', '查询单位', '查询事由', '案号', '法律依据', '用途', '结果'],
    found: ['已提供协议约定的信息项', '未提供任何信息'],
    filing: (number) => `协议备案号 ${number}`,
    seal: '信息化主管部门（盖章）　　　　　年　　月　　日',
  },
  en: {
    lang: 'en',
    title: 'Notice of lookups of personal information',
    resource: (title, provider) => `Resource: ${title} (provided by ${provider})`,
    person: 'Applicant: ____________________  Number of identity document: ____________________',
    asOf: (at, zone) =>
      `As of ${at} (${zone}) these are all lookups of the applicant’s record in this resource within the time that lookups are kept.`,
    none: 'Nobody looked this record up within the time that lookups are kept.',
    goesOn: 'Continued on further pages.',
    heads: ['When', 'Department', 'Reason', 'Case', 'Legal basis', 'Purpose', 'Result'],
    found: ['the agreed fields were shown', 'nothing was shown'],
    filing: (number) => `agreement filed as ${number}`,
    seal: 'For the authority (seal)                Date',
  },
};

interface Paper {
  readonly language: Language;
  readonly timeZone: string;
  readonly nameOf: (department: string) => Words;
  readonly goesOn: boolean;
}

/** A report as a page that is printed, completed by hand with who asked, and sealed: the hub does not know whose key it is. */
export function paperOf(
  report: Omit<LookupReport, 'html' | 'cursor'>,
  { language, timeZone, nameOf, goesOn }: Paper,
): string {
  const words = texts[language];
  const local = (at: string) =>
    Temporal.Instant.from(at)
      .toZonedDateTimeISO(timeZone)
      .toString({
        smallestUnit: 'minute',
        offset: 'never',
        timeZoneName: 'never',
      })
      .replace('T', ' ');
  const cells = (lookup: ToldLookup): readonly string[] => [
    local(lookup.at),
    nameOf(lookup.department)[language],
    lookup.reason,
    lookup.caseNumber,
    lookup.legalBasis + (lookup.filingNumber === undefined ? '' : `\n${words.filing(lookup.filingNumber)}`),
    lookup.purpose,
    lookup.found ? words.found[0] : words.found[1],
  ];
  const row = (tag: 'th' | 'td', texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text).replaceAll('\n', '<br>')}</${tag}>`).join('')}</tr>`;
  const table = `<table>\n<thead>${row('th', words.heads)}</thead>\n<tbody>\n${report.items
    .map((lookup) => row('td', cells(lookup)))
    .join('\n')}\n</tbody>\n</table>`;
  return `<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${words.title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${words.title}</h1>
<p>${words.person}</p>
<p>${escaped(words.resource(report.title, nameOf(report.provider)[language]))}</p>
<p>${escaped(words.asOf(local(report.asOf), timeZone))}</p>
${report.items.length > 0 ? table : `<p>${words.none}</p>`}
${goesOn ? `<p>${words.goesOn}</p>` : ''}
<p class="seal">${words.seal}</p>
</body>
</html>
`;
}
