import type { PlatformReport, ReportRow, ReportTotals } from '../../../schemas/contracts/reports.ts';
import { count, countOf, moment, size } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { facts } from '../terminal/table.ts';
import { reportLines } from './report-lines.ts';

/** The totals, then a line for each month, pair …. */
export function reportScreen({ asOf, from, to, totals, items }: PlatformReport, look: Look): string {
  const period = `${from} – ${to}`;
  const title = bold(either(look, `The exchange, ${period}`, `交换情况 ${period}`), look);
  const as = dim(
    either(look, `read at ${moment(asOf)}, counted every minute`, `读取于 ${moment(asOf)}，每分钟统计一次`),
    look,
  );
  return [`${title}  ${as}`, totalsOf(totals, look), reportLines(items, look)].join('\n\n');
}

function totalsOf(totals: ReportTotals, look: Look): string {
  const say = (en: string, zh: string) => either(look, en, zh);
  const states = Object.entries(totals.agreementsByState)
    .filter(([, some]) => some > 0)
    .map(([state, some]) => `${word(state as keyof ReportTotals['agreementsByState'], look)} ${count(some)}`)
    .join(' · ');
  return facts(
    [
      [say('departments', '部门'), count(totals.departments)],
      [say('resources', '信息资源'), count(totals.resources)],
      [say('agreements', '共享协议'), `${count(totals.agreements)}${states && `  (${states})`}`],
      [say('pairs in force', '生效的供需对'), count(totals.pairs)],
      [word('deliveries', look), `${count(totals.deliveries)}  ${punctuality(totals, look)}`],
      [say('records', '交付记录'), `${count(totals.records)}  (${size(totals.bytes)})`],
      [word('uploads', look), uploadsOf(totals, look)],
      [say('rejected records', '退回记录'), `${count(totals.recordsRejected)} / ${count(totals.recordsRead)}`],
      [say('corrections', '纠错'), count(totals.corrections)],
      [
        say('lookups', '单条查询'),
        totals.lookups === 0
          ? undefined
          : `${count(totals.lookups)}  ${say('records shown', '查到')} ${count(totals.recordsShown)}`,
      ],
      [word('comparison', look), comparisonsOf(totals, look)],
      [say('good for', '成效'), benefitsOf(totals, look)],
    ],
    look,
  );
}

const punctuality = ({ onTime, late }: Pick<ReportRow, 'onTime' | 'late'>, look: Look): string =>
  either(look, `(${count(onTime)} on time, ${count(late)} late)`, `（及时 ${count(onTime)}，迟到 ${count(late)}）`);

const comparisonsOf = ({ comparisons, comparedRows, comparisonHits }: ReportRow, look: Look): string | undefined =>
  comparisons === 0
    ? undefined
    : either(
        look,
        `${count(comparisons)}  (${countOf(comparisonHits, 'hit')} in ${countOf(comparedRows, 'row')})`,
        `${count(comparisons)}  （${count(comparedRows)} 行中命中 ${count(comparisonHits)}）`,
      );

const uploadsOf = ({ uploadsAccepted, uploadsRefused }: ReportRow, look: Look): string =>
  either(
    look,
    `${count(uploadsAccepted)} accepted, ${count(uploadsRefused)} refused`,
    `接受 ${count(uploadsAccepted)}，未接受 ${count(uploadsRefused)}`,
  );

/** Nothing where no consumer has said anything. Of what rests on answers it is a chain: asked, found, and what came of it. */
function benefitsOf(row: ReportRow, look: Look): string {
  const some = (...said: readonly (readonly [number, string, string])[]) =>
    said
      .filter(([number]) => number > 0)
      .map(([number, en, zh]) => either(look, `${count(number)} ${en}`, `${count(number)} ${zh}`));
  const cameOf = some(
    [row.casesSolved, 'cases solved', '件案件办结'],
    [row.visitsSaved, 'visits saved', '次跑动减免'],
    [row.documentsSaved, 'documents not asked for', '份材料免交'],
    [row.amountRecovered, 'yuan recovered', '元追回'],
    [row.hoursSaved, 'hours saved', '工时节省'],
  ).join(' · ');
  const rests = some([row.benefitAsked, 'asked about', '条查询比对'], [row.benefitFound, 'found', '条查到']);
  return [...rests, ...(cameOf === '' ? [] : [cameOf])].join(' → ');
}
