import type { Correction } from '../../../schemas/contracts/corrections.ts';
import { bold, dim, type Look } from '../look.ts';
import { moment } from '../quantity.ts';
import { either, word } from '../screens/words.ts';
import { facts, table } from '../table.ts';

type Reason = Correction['reason'];
type Decision = NonNullable<Correction['answer']>['decision'];

const reasons: Readonly<Record<Reason, readonly [en: string, zh: string]>> = {
  wrong: ['wrong', '错误'],
  missing: ['missing', '缺失'],
  outdated: ['outdated', '过时'],
  duplicate: ['duplicate', '重复'],
  other: ['other', '其他'],
};

const decisions: Readonly<Record<Decision, readonly [en: string, zh: string]>> = {
  'will-correct': ['will be corrected', '将更正'],
  'not-an-error': ['not an error', '数据无误'],
  unclear: ['unclear', '无法核实'],
};

export function correctionsScreen({ items }: { readonly items: readonly Correction[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No such correction.', '没有这样的更正申请。'), look);
  return table(
    items,
    [
      { head: word('correction', look), value: ({ correctionId }) => correctionId },
      { head: word('state', look), value: ({ state }) => word(state, look) },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('dataset', look), value: ({ datasetVersion }) => String(datasetVersion), right: true },
      { head: word('field', look), value: ({ field }) => field, flexible: true },
      { head: word('reason', look), value: ({ reason }) => either(look, ...reasons[reason]) },
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
    [word('reason', look), `${either(look, ...reasons[correction.reason])}  ${correction.words}`],
    [either(look, 'should be', '应为'), correction.proposed],
    [word('at', look), moment(correction.reportedAt)],
    [word('answer', look), answer && `${either(look, ...decisions[answer.decision])}  ${answer.words}`],
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
