import type { ListedDataset } from '../../../schemas/contracts/resources.ts';
import { representationStates, unfitReasons } from '../../words/kinds.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

export function datasetsScreen({ items }: { readonly items: readonly ListedDataset[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing has been accepted yet.', '尚无已接受的数据。'), look);
  return table(
    items,
    [
      { head: word('dataset', look), value: ({ datasetVersion }) => String(datasetVersion), right: true },
      { head: word('accepted', look), value: ({ committedAt }) => moment(committedAt) },
      { head: word('rows', look), value: ({ rows }) => count(rows), right: true },
      { head: word('bytes', look), value: ({ bytes }) => count(bytes), right: true },
      { head: word('resource', look), value: ({ resourceVersion }) => `v${resourceVersion}` },
      { head: word('upload', look), value: ({ uploadId }) => uploadId ?? either(look, 'derived', '派生') },
      ...(items.some(({ representation }) => representation) ? [prepared(look)] : []),
    ],
    look,
  );
}

/** Whether lookups and comparisons can read it; only where the resource is offered for them. */
const prepared = (look: Look) => ({
  head: either(look, 'for lookups', '供查询比对'),
  value: ({ representation }: ListedDataset) =>
    representation === undefined
      ? ''
      : say(
          representation.state === 'unfit'
            ? unfitReasons[representation.reason]
            : representationStates[representation.state],
          look,
        ),
});
