import type { Comparison, ListCounts } from '../../../schemas/contracts/comparisons.ts';
import { comparisonKindNames, comparisonRefusals, comparisonStates, rowOutcomes } from '../../words/comparisons.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

export function comparisonsScreen({ items }: { readonly items: readonly Comparison[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No such comparison.', '没有这样的比对。'), look);
  return table(
    items,
    [
      { head: word('comparison', look), value: ({ comparisonId }) => comparisonId, id: true },
      { head: word('state', look), value: ({ state }) => say(comparisonStates[state], look) },
      { head: word('kinds', look), value: (one) => kindText(one, look) },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('rows', look), value: (one) => rowsOf(one), right: true },
      { head: either(look, 'hits', '命中'), value: (one) => hitsOf(one, look), right: true },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('at', look), value: ({ announcedAt }) => moment(announcedAt) },
    ],
    look,
  );
}

const kindText = ({ kind, blind }: Comparison, look: Look): string =>
  [say(comparisonKindNames[kind], look), blind && either(look, '(blind)', '（密文名单）')].filter(Boolean).join(' ');

const rowsOf = (comparison: Comparison): string => (comparison.state === 'done' ? count(comparison.rows.read) : '');

function hitsOf(comparison: Comparison, look: Look): string {
  if (comparison.state !== 'done') return '';
  return comparison.result ? count(comparison.result.hits) : either(look, 'withheld', '不予提供');
}

/** One comparison, as whoever asks may see it. */
export const comparisonScreen = (comparison: Comparison, look: Look): string =>
  [facts(entries(comparison, look), look), ...summary(comparison, look), ...nextOf(comparison, look)].join('\n');

function entries(comparison: Comparison, look: Look): (readonly [string, string | undefined])[] {
  const { comparisonId, state, resourceId, consumer, provider, purpose, announcedAt, agreementId } = comparison;
  const finished = 'finishedAt' in comparison ? moment(comparison.finishedAt) : undefined;
  return [
    [word('comparison', look), comparisonId],
    [word('state', look), [say(comparisonStates[state], look), finished].filter(Boolean).join('  ')],
    [word('kinds', look), kindText(comparison, look)],
    [word('resource', look), resourceOf(comparison, resourceId)],
    [word('agreement', look), agreementId],
    [word('consumer', look), consumer],
    [word('provider', look), provider],
    [word('purpose', look), purpose],
    [word('at', look), moment(announcedAt)],
    [word('rows', look), rowsText(comparison, look)],
    [either(look, 'hits', '命中'), hitsOf(comparison, look)],
    [word('delivery', look), comparison.state === 'done' ? comparison.deliveryId : undefined],
    [word('why', look), whyOf(comparison, look)],
  ];
}

const resourceOf = (comparison: Comparison, resourceId: string): string =>
  comparison.state === 'done' ? `${resourceId} ${comparison.datasetVersion}` : resourceId;

function rowsText(comparison: Comparison, look: Look): string | undefined {
  if (comparison.state !== 'done') return undefined;
  const { read, rejected } = comparison.rows;
  return rejected === 0 ? count(read) : `${count(read)}  (${count(rejected)} ${word('rejected', look)})`;
}

function whyOf(comparison: Comparison, look: Look): string | undefined {
  if (comparison.state !== 'refused') return undefined;
  const { code, detail } = comparison.refusal;
  return [say(comparisonRefusals[code], look), detail].filter(Boolean).join(': ');
}

/** What the rows of the list came to, for their department. */
function summary(comparison: Comparison, look: Look): string[] {
  const counts = comparison.state === 'done' ? comparison.result?.counts : undefined;
  if (!counts) return [];
  const rows = Object.entries(counts) as [keyof ListCounts, number][];
  return [
    '',
    table(
      rows,
      [
        { head: either(look, 'result', '结果'), value: ([outcome]) => say(rowOutcomes[outcome], look) },
        { head: word('rows', look), value: ([, number]) => count(number), right: true },
      ],
      look,
    ),
  ];
}

function nextOf({ comparisonId, state, provider }: Comparison, look: Look): string[] {
  if (state !== 'awaiting-approval') return [];
  const command = `hub comparisons approve ${comparisonId}`;
  return [
    `${bold(word('next', look), look)}  ${either(look, `${provider} decides: ${command}`, `${provider} 决定：${command}`)}`,
  ];
}
