import { type SummaryLine, summaryLines } from '../../../functions/records/index.ts';
import { bold, dim, type Look } from '../look.ts';
import { count } from '../quantity.ts';
import { table } from '../table.ts';
import { indent } from './indent.ts';
import { texts } from './texts.ts';
import { totalsOf, type VerdictView } from './verdict-view.ts';

/** All faults by field and rule, warnings last, the systematic ones collapsed; nothing where there is none. */
export function summaryScreen({ judged, schema }: VerdictView, look: Look): string {
  const { violations = [], rows } = judged;
  if (violations.length === 0) return '';
  const t = texts(look.lang);
  const lines = summaryLines(violations, schema, look.lang);
  const [head, ...body] = table(
    lines,
    [
      {
        head: t.field,
        value: ({ field, title }) => (field === '' ? t.wholeRecord : [field, title].filter(Boolean).join(' ')),
      },
      { head: t.rule, value: ({ rule, severity }) => (severity === 'warning' ? t.warns(rule) : rule) },
      { head: t.faults, value: (line) => count(line.count), right: true },
      { head: t.firstLines, value: ({ lines: first }) => first.map(count).join(', ') },
    ],
    look,
  ).split('\n');
  const explained = lines.map((line, index) => [body[index] ?? '', ...adviceOn(line, look)].join('\n'));
  const { faults, warnings } = totalsOf(judged);
  const title = [
    ...(faults > warnings ? [t.summary(count(faults - warnings), count(rows?.rejected ?? 0))] : []),
    ...(warnings > 0 ? [t.warnings(warnings, count(warnings))] : []),
  ].join(t.and);
  return [bold(title, look), indent(head ?? ''), ...explained.map(indent)].join('\n');
}

/** Faults of one kind first: they are mended all at once. */
function adviceOn({ systematic, fault, expected, todo, count: all }: SummaryLine, look: Look): string[] {
  const t = texts(look.lang);
  const kinds = systematic.map(({ says, todo: act }) => `  → ${t.sentences(says, act)}`);
  const collapsed = systematic.reduce((sum, kind) => sum + kind.count, 0);
  return collapsed < all ? [...kinds, dim(`  ${t.sentences(t.against(fault, expected), todo)}`, look)] : kinds;
}
