import type { Coverage, Need } from '../../../schemas/contracts/themes.ts';
import { demandLabels, gaps } from '../../words/demands.ts';
import { moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

/** A theme's sheet: how far each need has come, and how many have come how far. */
export function coverageScreen({ summary, items }: Coverage, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No demand was stated in this theme yet.', '本主题尚无需求。'), look);
  return [sheet(items, look), '', bold(counted(summary, look), look)].join('\n');
}

const sheet = (needs: readonly Need[], look: Look): string =>
  table(
    needs,
    [
      { head: say(demandLabels.needed, look), value: ({ title }) => title, flexible: true },
      { head: say(demandLabels.demander, look), value: ({ demander }) => demander },
      { head: word('resource', look), value: ({ resourceId = '' }) => resourceId, flexible: true },
      { head: word('provider', look), value: ({ provider = '' }) => provider },
      { head: say(demandLabels.agreed, look), value: ({ agreedAt }) => day(agreedAt) },
      { head: say(demandLabels.delivered, look), value: ({ deliveredAt }) => day(deliveredAt) },
      { head: say(demandLabels.current, look), value: ({ current }) => (current ? either(look, 'yes', '是') : '') },
      { head: say(demandLabels.lacks, look), value: (need) => lacks(need, look), flexible: true },
    ],
    look,
  );

/** In the reader's own time zone. */
const day = (instant: string | undefined): string => (instant === undefined ? '' : moment(instant).slice(0, 10));

function lacks({ gap, overdue, neededBy }: Need, look: Look): string {
  const missing = gap === undefined ? '' : say(gaps[gap], look);
  return overdue ? `${missing} (${either(look, `needed by ${neededBy}`, `需于 ${neededBy} 前`)})` : missing;
}

function counted(summary: Coverage['summary'], look: Look): string {
  const { needs, catalogued, agreed, delivered, current, overdue } = summary;
  return either(
    look,
    `${needs} needs: ${catalogued} catalogued, ${agreed} agreed, ${delivered} delivered, ${current} current, ${overdue} overdue`,
    `需求 ${needs} 项：已编目 ${catalogued}，已签约 ${agreed}，已交付 ${delivered}，现势 ${current}，逾期 ${overdue}`,
  );
}
