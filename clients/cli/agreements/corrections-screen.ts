import type { Correction } from '../../../schemas/contracts/corrections.ts';
import { correctionDecisions, correctionReasons } from '../../words/kinds.ts';
import { moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

export function correctionsScreen({ items }: { readonly items: readonly Correction[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No such correction.', '没有这样的更正申请。'), look);
  return table(
    items,
    [
      { head: word('correction', look), value: ({ correctionId }) => correctionId, id: true },
      { head: word('state', look), value: ({ state }) => word(state, look) },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('dataset', look), value: ({ datasetVersion }) => String(datasetVersion), right: true },
      { head: word('field', look), value: ({ field }) => field, flexible: true },
      { head: word('reason', look), value: ({ reason }) => say(correctionReasons[reason], look) },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('provider', look), value: ({ provider }) => provider },
    ],
    look,
  );
}

/** One correction, for the two departments that it concerns. */
export const correctionScreen = (correction: Correction, look: Look): string =>
  [facts(entries(correction, look), look), ...nextOf(correction, look)].join('\n');

const entries = (correction: Correction, look: Look): (readonly [string, string | undefined])[] => {
  const { key, line, answer, closedByDatasetVersion: closedBy } = correction;
  return [
    [word('correction', look), correction.correctionId],
    [word('state', look), word(correction.state, look)],
    [word('delivery', look), `${correction.deliveryId}  ${correction.resourceId} ${correction.datasetVersion}`],
    [word('consumer', look), correction.consumer],
    [word('provider', look), correction.provider],
    [word('key', look), key && pairs(key)],
    [either(look, 'line', '行号'), line === undefined ? undefined : String(line)],
    [word('field', look), correction.field],
    [word('reason', look), `${say(correctionReasons[correction.reason], look)}  ${correction.words}`],
    [either(look, 'should be', '应为'), correction.proposed],
    [word('at', look), moment(correction.reportedAt)],
    [word('answer', look), answer && `${say(correctionDecisions[answer.decision], look)}  ${answer.words}`],
    [word('closed', look), closedBy === undefined ? undefined : `${word('dataset', look)} ${closedBy}`],
  ];
};

const pairs = (key: Readonly<Record<string, string>>): string =>
  Object.entries(key)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

function nextOf({ correctionId, state, provider, answer }: Correction, look: Look): string[] {
  const next = bold(word('next', look), look);
  if (state === 'open') {
    const command = `hub corrections answer ${correctionId} --decision … --words …`;
    return [`${next}  ${either(look, `${provider} answers: ${command}`, `${provider} 答复：${command}`)}`];
  }
  if (state === 'answered' && answer?.decision === 'will-correct')
    return [`${next}  ${either(look, 'the next data that differ close it', '内容有变的下一版数据将办结本申请')}`];
  return [];
}
