import type { Agreement, AgreementState } from '../../schemas/contracts/agreements.ts';
import type { Words } from '../../schemas/words/language.ts';
import { accepting, onTheTable } from '../protocol/on-the-table.ts';

export type NextAct =
  | 'accept'
  | 'sign'
  | 'consent'
  | 'file'
  | 'receive'
  | 'amend'
  | 'resume'
  | 'dispose'
  | 'answer-dispute'
  | 'decide-dispute'
  | 'propose-anew';

/** What somebody can or must do now: `{who} {does}`. */
export interface NextStep {
  readonly act: NextAct;
  readonly who: Words;
  readonly does: Words;
}

/** Whose turn it is in an agreement; an amendment goes its own way beside the terms in force, and so does a dispute. */
export const nextSteps = (agreement: Agreement): readonly NextStep[] => [
  ...(agreement.amendment ? steps[agreement.amendment.state](agreement) : []),
  ...disputeSteps(agreement),
  ...steps[agreement.state](agreement),
];

/** One entry for every state. */
const steps: Readonly<Record<AgreementState, (agreement: Agreement) => readonly NextStep[]>> = {
  proposed: (agreement) => [{ act: 'accept', who: named(accepting(agreement)), does: { en: 'accepts', zh: '接受' } }],
  agreed: (agreement) => [...sign(agreement), ...consents(onTheTable(agreement))],
  signed: (agreement) => {
    const awaited = consents(onTheTable(agreement));
    return awaited.length > 0 ? awaited : [{ act: 'file', who: authority, does: { en: 'files', zh: '备案' } }];
  },
  active: ({ consumer }) => [{ act: 'receive', who: named(consumer), does: { en: 'receives', zh: '接收' } }],
  suspended: (agreement) => lift(agreement),
  terminated: afterwards,
  expired: afterwards,
};

function sign(agreement: Agreement): readonly NextStep[] {
  const { consumer, provider } = agreement;
  const missing = [consumer, provider].filter((party) => !onTheTable(agreement).signatures.includes(party));
  const who = { en: missing.join(' and '), zh: missing.join('、') };
  return [{ act: 'sign', who, does: { en: missing.length > 1 ? 'sign' : 'signs', zh: '签署' } }];
}

/** Of whose fields are granted and who does not consent, or not yet: terms are not filed before. */
function consents({ consents: asked }: Pick<Agreement, 'consents'>): readonly NextStep[] {
  return asked
    .filter(({ state }) => state !== 'given')
    .map(({ department, state }) => ({
      act: 'consent',
      who: named(department),
      does:
        state === 'asked'
          ? { en: 'consents or objects', zh: '同意或反对' }
          : { en: 'objects; it consents, or other terms are proposed', zh: '已反对；由其同意，或提出其他条款' },
    }));
}

/** What the clock holds only other terms set free, and an objection whoever has it. */
const lift = (agreement: Agreement): readonly NextStep[] =>
  agreement.suspensions.flatMap(({ holder, by }): readonly NextStep[] => {
    if (holder === 'consent') return consents(agreement);
    return holder === 'clock'
      ? [{ act: 'amend', who: { en: 'either party', zh: '任一方' }, does: { en: 'amends', zh: '修订' } }]
      : [{ act: 'resume', who: named(by), does: { en: 'lifts it', zh: '解除中止' } }];
  });

function afterwards({ consumer, disposal }: Agreement): readonly NextStep[] {
  if (!disposal || disposal.statement)
    return [{ act: 'propose-anew', who: named(consumer), does: { en: 'proposes anew', zh: '重新提出' } }];
  const { due } = disposal;
  const does = { en: `disposes of the data by ${due}`, zh: `在 ${due} 前销毁数据` };
  return [{ act: 'dispose', who: named(consumer), does }];
}

/** Also of an agreement that is over. */
function disputeSteps({ dispute, consumer, provider }: Agreement): readonly NextStep[] {
  if (!dispute || dispute.state === 'decided') return [];
  if (dispute.state === 'answered')
    return [{ act: 'decide-dispute', who: authority, does: { en: 'decides', zh: '裁定争议' } }];
  const other = dispute.openedBy === consumer ? provider : consumer;
  return [{ act: 'answer-dispute', who: named(other), does: { en: 'answers', zh: '答复争议' } }];
}

const authority: Words = { en: 'the authority', zh: '主管部门' };

const named = (department: string): Words => ({ en: department, zh: department });
