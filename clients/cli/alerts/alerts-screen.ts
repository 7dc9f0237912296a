import type { KeyWatch } from '../../../schemas/contracts/watches.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { watchEnds, watchRefusals, watchStates } from '../../words/watches.ts';
import { dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

export function alertsScreen({ items }: { readonly items: readonly KeyWatch[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No keys are watched.', '没有监测的主键。'), look);
  return table(
    items,
    [
      { head: either(look, 'watch', '监测'), value: ({ watchId }) => watchId, id: true },
      { head: word('state', look), value: ({ state }) => say(watchStates[state], look) },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: either(look, 'keys', '主键数'), value: keysOf, right: true },
      { head: either(look, 'changes told', '已告知变化'), value: toldOf, right: true },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('at', look), value: ({ lodgedAt }) => moment(lodgedAt) },
    ],
    look,
  );
}

const keysOf = (watch: KeyWatch): string => ('keys' in watch && watch.keys !== undefined ? count(watch.keys) : '');
const toldOf = (watch: KeyWatch): string => ('told' in watch && watch.told ? count(watch.told.keys) : '');

/** One watch, as whoever asks may see it. */
export const alertScreen = (watch: KeyWatch, look: Look): string =>
  facts(
    [
      [either(look, 'watch', '监测'), watch.watchId],
      [word('state', look), stateOf(watch, look)],
      [word('resource', look), resourceOf(watch)],
      [word('agreement', look), watch.agreementId],
      [word('consumer', look), watch.consumer],
      [word('provider', look), watch.provider],
      [word('purpose', look), watch.purpose],
      [word('at', look), moment(watch.lodgedAt)],
      [either(look, 'keys', '主键数'), keysOf(watch)],
      [either(look, 'looked at', '最近查看'), watch.state === 'active' ? moment(watch.lookedAt) : undefined],
      [either(look, 'changes told', '已告知变化'), toldOf(watch)],
      [word('why', look), whyOf(watch, look)],
    ],
    look,
  );

function stateOf(watch: KeyWatch, look: Look): string {
  const finished = 'finishedAt' in watch ? moment(watch.finishedAt) : undefined;
  return [say(watchStates[watch.state], look), finished].filter(Boolean).join('  ');
}

const resourceOf = (watch: KeyWatch): string =>
  watch.state === 'active' && watch.datasetVersion !== undefined
    ? `${watch.resourceId} ${watch.datasetVersion}`
    : watch.resourceId;

function whyOf(watch: KeyWatch, look: Look): string | undefined {
  if (watch.state === 'ended') return say(watchEnds[watch.end], look);
  if (watch.state !== 'refused') return undefined;
  const { code, detail } = watch.refusal;
  return [say(watchRefusals[code], look), detail].filter(Boolean).join(': ');
}
