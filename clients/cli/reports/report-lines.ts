import type { KindRow, PlatformReport, ReasonRow, ReportRow, RuleRow } from '../../../schemas/contracts/reports.ts';
import { comparisonKindNames } from '../../words/comparisons.ts';
import { count, size } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import { table, type Column } from '../terminal/table.ts';

/** A line for each month, pair …; those with few figures have a table of their own, with what is most first. */
export function reportLines(items: PlatformReport['items'], look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing in this period.', '该期间没有记录。'), look);
  const rules = items.filter((row): row is RuleRow => 'rule' in row);
  if (rules.length > 0) return table(rules.toSorted(byMost('violations')), ruleColumns(look), look);
  const reasons = items.filter((row): row is ReasonRow => 'reason' in row);
  if (reasons.length > 0) return table(reasons.toSorted(byMost('keysLookedUp')), reasonColumns(look), look);
  const kinds = items.filter((row): row is KindRow => 'kind' in row);
  if (kinds.length > 0) return table(kinds.toSorted(byMost('comparedRows')), kindColumns(look), look);
  const rows = items.filter((row): row is ReportRow => 'deliveries' in row);
  return table(rows, [...names(rows, look), ...figures(rows, look)], look);
}

const byMost =
  <Name extends string>(name: Name) =>
  (one: Readonly<Record<Name, number>>, other: Readonly<Record<Name, number>>): number =>
    other[name] - one[name];

const figure = <Row extends object>(head: string, name: keyof Row): Column<Row> => ({
  head,
  value: (row) => count(Number(row[name])),
  right: true,
});

const ruleColumns = (look: Look): readonly Column<RuleRow>[] => [
  { head: word('rule', look), value: ({ rule }) => rule },
  { head: word('provider', look), value: ({ provider }) => provider },
  figure(either(look, 'violations', '违反次数'), 'violations'),
  figure(either(look, 'uploads refused', '未接受上报'), 'uploadsRefused'),
];

const parties = (look: Look): readonly Column<ReasonRow | KindRow>[] => [
  { head: word('provider', look), value: ({ provider }) => provider },
  { head: word('consumer', look), value: ({ consumer }) => consumer },
];

const reasonColumns = (look: Look): readonly Column<ReasonRow>[] => [
  { head: word('reason', look), value: ({ reason }) => reason, flexible: true },
  ...parties(look),
  figure(either(look, 'calls', '调用'), 'lookups'),
  figure(either(look, 'keys', '查询'), 'keysLookedUp'),
  figure(either(look, 'found', '查到'), 'recordsShown'),
];

const kindColumns = (look: Look): readonly Column<KindRow>[] => [
  { head: word('kinds', look), value: ({ kind }) => say(comparisonKindNames[kind], look) },
  ...parties(look),
  figure(either(look, 'runs', '次数'), 'comparisons'),
  figure(word('rows', look), 'comparedRows'),
  figure(either(look, 'hits', '命中'), 'comparisonHits'),
];

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

/** What was asked instead of copied has its columns where there was any. */
function figures(rows: readonly ReportRow[], look: Look): readonly Column<ReportRow>[] {
  const asked = [
    figure<ReportRow>(either(look, 'looked up', '单条查询'), 'keysLookedUp'),
    figure<ReportRow>(either(look, 'found', '查到'), 'recordsShown'),
    figure<ReportRow>(either(look, 'compared', '比对'), 'comparedRows'),
    figure<ReportRow>(either(look, 'hits', '命中'), 'comparisonHits'),
  ];
  const isAny = rows.some(({ lookups, comparisons }) => lookups + comparisons > 0);
  return [
    figure(word('deliveries', look), 'deliveries'),
    figure(either(look, 'records', '记录'), 'records'),
    { head: either(look, 'size', '数据量'), value: ({ bytes }) => size(bytes), right: true },
    figure(either(look, 'late', '迟到'), 'late'),
    figure(word('receipts', look), 'receipts'),
    figure(word('uploads', look), 'uploadsAccepted'),
    figure(either(look, 'rejected', '退回'), 'recordsRejected'),
    ...(isAny ? asked : []),
  ];
}
