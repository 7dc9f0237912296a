import type { Benefit } from '../../../schemas/contracts/reports.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

const shown = (figure: number | undefined): string => (figure === undefined ? '' : count(figure));

/** What was asked and found that it came of. */
function restsOn({ found }: Benefit, look: Look): string | undefined {
  if (!found) return undefined;
  const { keysLookedUp, recordsShown, comparedRows, comparisonHits } = found;
  const [asked, hits] = [count(keysLookedUp + comparedRows), count(recordsShown + comparisonHits)];
  return either(look, `${asked} asked → ${hits} found`, `查询比对 ${asked} → 查到 ${hits}`);
}

/** What was just said. */
export function benefitScreen(benefit: Benefit, look: Look): string {
  const say = (en: string, zh: string) => either(look, en, zh);
  return facts(
    [
      [word('agreement', look), benefit.agreementId],
      [say('month', '月份'), benefit.period],
      [say('rests on', '依据'), restsOn(benefit, look)],
      [say('cases solved', '办结案件'), shown(benefit.casesSolved)],
      [say('visits saved', '减免跑动'), shown(benefit.visitsSaved)],
      [say('documents saved', '免交材料'), shown(benefit.documentsSaved)],
      [say('yuan recovered', '追回金额（元）'), shown(benefit.amountRecovered)],
      [say('hours saved', '节省工时'), shown(benefit.hoursSaved)],
      [word('words', look), benefit.words],
      [word('at', look), moment(benefit.statedAt)],
    ],
    look,
  );
}

/** Month by month, the newest first. */
export function benefitsScreen({ items }: { readonly items: readonly Benefit[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing was said yet.', '尚无成效说明。'), look);
  const right = true;
  return table(
    items,
    [
      { head: word('month', look), value: ({ period }) => period },
      ...(items.some(({ found }) => found)
        ? [{ head: either(look, 'rests on', '依据'), value: (benefit: Benefit) => restsOn(benefit, look) ?? '' }]
        : []),
      { head: either(look, 'cases', '案件'), value: ({ casesSolved }) => shown(casesSolved), right },
      { head: either(look, 'visits', '跑动'), value: ({ visitsSaved }) => shown(visitsSaved), right },
      { head: either(look, 'documents', '材料'), value: ({ documentsSaved }) => shown(documentsSaved), right },
      { head: either(look, 'yuan', '金额（元）'), value: ({ amountRecovered }) => shown(amountRecovered), right },
      { head: either(look, 'hours', '工时'), value: ({ hoursSaved }) => shown(hoursSaved), right },
      { head: word('words', look), value: ({ words }) => words, flexible: true },
    ],
    look,
  );
}
