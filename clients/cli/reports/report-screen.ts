import type { PlatformReport, ReportRow, ReportTotals, RuleRow } from '../../../schemas/contracts/reports.ts';
import { count, moment, size } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { facts, table, type Column } from '../terminal/table.ts';

/** The totals, then a line for each month, pair …. */
export function reportScreen({ asOf, from, to, totals, items }: PlatformReport, look: Look): string {
  const period = `${from} – ${to}`;
  const title = bold(either(look, `The exchange, ${period}`, `交换情况 ${period}`), look);
  const as = dim(
    either(look, `read at ${moment(asOf)}, counted every minute`, `读取于 ${moment(asOf)}，每分钟统计一次`),
    look,
  );
  return [`${title}  ${as}`, totalsOf(totals, look), lines(items, look)].join('\n\n');
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
        `${count(comparisons)}  (${count(comparisonHits)} hits in ${count(comparedRows)} rows)`,
        `${count(comparisons)}  （${count(comparedRows)} 行中命中 ${count(comparisonHits)}）`,
      );

const uploadsOf = ({ uploadsAccepted, uploadsRefused }: ReportRow, look: Look): string =>
  either(
    look,
    `${count(uploadsAccepted)} accepted, ${count(uploadsRefused)} refused`,
    `接受 ${count(uploadsAccepted)}，未接受 ${count(uploadsRefused)}`,
  );

/** Nothing where no consumer has said anything. */
function benefitsOf(row: ReportRow, look: Look): string {
  const said: readonly (readonly [number, string, string])[] = [
    [row.casesSolved, 'cases solved', '件案件办结'],
    [row.visitsSaved, 'visits saved', '次跑动减免'],
    [row.documentsSaved, 'documents not asked for', '份材料免交'],
    [row.amountRecovered, 'yuan recovered', '元追回'],
    [row.hoursSaved, 'hours saved', '工时节省'],
  ];
  return said
    .filter(([some]) => some > 0)
    .map(([some, en, zh]) => either(look, `${count(some)} ${en}`, `${count(some)} ${zh}`))
    .join(' · ');
}

function lines(items: PlatformReport['items'], look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing in this period.', '该期间没有记录。'), look);
  const rules = items.filter((row): row is RuleRow => 'rule' in row);
  if (rules.length > 0) return ruleLines(rules, look);
  const rows = items.filter((row): row is ReportRow => !('rule' in row));
  return table(rows, [...names(rows, look), ...figures(look)], look);
}

const ruleLines = (rows: readonly RuleRow[], look: Look): string =>
  table(
    rows.toSorted((one, other) => other.violations - one.violations),
    [
      { head: word('rule', look), value: ({ rule }) => rule },
      { head: word('provider', look), value: ({ provider }) => provider },
      { head: either(look, 'violations', '违反次数'), value: ({ violations }) => count(violations), right: true },
      {
        head: either(look, 'uploads refused', '未接受上报'),
        value: ({ uploadsRefused }) => count(uploadsRefused),
        right: true,
      },
    ],
    look,
  );

/** What the lines are named by. */
function names(rows: readonly ReportRow[], look: Look): readonly Column<ReportRow>[] {
  const all: readonly (readonly [keyof ReportRow, string])[] = [
    ['month', word('month', look)],
    ['theme', word('theme', look)],
    ['resourceId', word('resource', look)],
    ['provider', word('provider', look)],
    ['consumer', word('consumer', look)],
  ];
  return all
    .filter(([name]) => rows.some((row) => row[name] !== undefined))
    .map(([name, head]) => ({ head, value: (row) => String(row[name] ?? ''), flexible: name === 'theme' }));
}

function figures(look: Look): readonly Column<ReportRow>[] {
  const right = true;
  return [
    { head: word('deliveries', look), value: ({ deliveries }) => count(deliveries), right },
    { head: either(look, 'records', '记录'), value: ({ records }) => count(records), right },
    { head: either(look, 'size', '数据量'), value: ({ bytes }) => size(bytes), right },
    { head: either(look, 'late', '迟到'), value: ({ late }) => count(late), right },
    { head: word('receipts', look), value: ({ receipts }) => count(receipts), right },
    { head: word('uploads', look), value: ({ uploadsAccepted }) => count(uploadsAccepted), right },
    { head: either(look, 'rejected', '退回'), value: ({ recordsRejected }) => count(recordsRejected), right },
  ];
}
