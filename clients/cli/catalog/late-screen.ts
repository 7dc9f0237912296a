import type { LateResource } from '../../../schemas/contracts/resources.ts';
import { moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { green, type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

export function lateScreen({ items }: { readonly items: readonly LateResource[] }, look: Look): string {
  if (items.length === 0) return green(either(look, 'Nothing is late.', '没有逾期未更新的信息资源。'), look);
  return table(
    items,
    [
      { head: word('id', look), value: ({ resourceId }) => resourceId },
      { head: word('title', look), value: ({ title }) => title, flexible: true },
      { head: word('provider', look), value: ({ provider }) => provider },
      { head: word('update', look), value: ({ updateCycle }) => updateCycle },
      {
        head: either(look, 'last dataset', '最近数据'),
        value: ({ datasetAt }) => (datasetAt === undefined ? '' : moment(datasetAt)),
      },
      { head: either(look, 'due', '应更新日'), value: ({ due }) => due },
      { head: either(look, 'days late', '逾期天数'), value: ({ daysLate }) => String(daysLate), right: true },
    ],
    look,
  );
}
