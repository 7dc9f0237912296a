import { type SummaryLine, summaryLines } from '../../../../functions/records/index.ts';
import { count } from '../../../words/quantity.ts';
import { texts } from '../../../words/verdict.ts';
import { bold, dim, type Look } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';
import { indent } from './indent.ts';
import { totalsOf, type VerdictView } from './verdict-view.ts';

/** What records were rejected for, by field and rule, the systematic faults collapsed; nothing where there is none. */
export function faultsScreen({ judged, schema }: VerdictView, look: Look): string {
  const faults = (judged.violations ?? []).filter(({ severity }) => severity !== 'warning');
  const t = texts(look.lang);
  const title = t.summary(totalsOf({ violations: faults }).faults, judged.rows?.rejected ?? 0);
  return explainedTable(title, t.faults, summaryLines(faults, schema, look.lang), look);
}

/** What rejected nothing, apart from the faults. */
export function warningsScreen({ judged, schema }: VerdictView, look: Look): string {
  const warnings = (judged.violations ?? []).filter(({ severity }) => severity === 'warning');
  const t = texts(look.lang);
  const { warnings: all } = totalsOf({ violations: warnings });
  return explainedTable(t.warnings(all, count(all)), t.warned, summaryLines(warnings, schema, look.lang), look);
}

function explainedTable(title: string, counted: string, lines: readonly SummaryLine[], look: Look): string {
  if (lines.length === 0) return '';
  const t = texts(look.lang);
  const [head, ...body] = table(
    lines,
    [
      {
        head: t.field,
        value: ({ field, title: name }) => (field === '' ? t.wholeRecord : [field, name].filter(Boolean).join(' ')),
      },
      { head: t.rule, value: ({ rule }) => rule },
      { head: counted, value: (line) => count(line.count), right: true },
      { head: t.firstLines, value: ({ lines: first }) => first.map(count).join(', ') },
    ],
    look,
  ).split('\n');
  const explained = lines.map((line, index) => [body[index] ?? '', ...adviceOn(line, look)].join('\n'));
  return [bold(title, look), indent(head ?? ''), ...explained.map(indent)].join('\n');
}

/** Faults of one kind first: they are mended all at once. */
function adviceOn({ systematic, fault, expected, todo, count: all }: SummaryLine, look: Look): string[] {
  const t = texts(look.lang);
  const kinds = systematic.map(({ says, todo: act }) => `  → ${t.sentences(says, act)}`);
  const collapsed = systematic.reduce((sum, kind) => sum + kind.count, 0);
  return collapsed < all ? [...kinds, dim(`  ${t.sentences(t.against(fault, expected), todo)}`, look)] : kinds;
}
