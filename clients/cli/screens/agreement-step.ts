import type { Agreement, AgreementState } from '../../../schemas/contracts/agreements.ts';
import { bold, green, type Look } from '../look.ts';
import { either, word } from './words.ts';

/** After a step: the state that it led to, and whose turn it is. */
export function agreementStepScreen(agreement: Agreement, look: Look): string {
  const state = word(agreement.state, look);
  const said = either(
    look,
    `Agreement ${agreement.agreementId} is ${state}.`,
    `共享协议 ${agreement.agreementId} 状态：${state}。`,
  );
  return `${green(said, look)}\n${nextLine(agreement, look)}`;
}

export const nextLine = (agreement: Agreement, look: Look): string =>
  `${bold(word('next', look), look)}  ${nextSteps[agreement.state](agreement, look)}`;

/** Who has to do what, with the command to type: one entry for every state. */
const nextSteps: Record<AgreementState, (agreement: Agreement, look: Look) => string> = {
  proposed: ({ agreementId, provider, consumer, terms }, look) => {
    const other = terms.at(-1)?.proposedBy === consumer ? provider : consumer;
    return who(other, either(look, 'accepts', '接受'), `hub agreements accept ${agreementId}`, look);
  },
  agreed: ({ agreementId, provider, consumer, signatures }, look) => {
    const missing = [consumer, provider].filter((party) => !signatures.includes(party));
    const sign = missing.length > 1 ? 'sign' : 'signs';
    const parties = missing.join(either(look, ' and ', '、'));
    return who(parties, either(look, sign, '签署'), `hub agreements sign ${agreementId}`, look);
  },
  signed: ({ agreementId }, look) => {
    const authority = either(look, 'the authority', '主管部门');
    return who(authority, either(look, 'files', '备案'), `hub agreements file ${agreementId} --number …`, look);
  },
  active: ({ consumer }, look) => who(consumer, either(look, 'receives', '接收'), 'hub poll --follow', look),
  terminated: ({ resourceId }) => `hub agreements propose ${resourceId} …`,
};

const who = (party: string, does: string, command: string, look: Look): string =>
  look.lang === 'zh' ? `${party} ${does}：${command}` : `${party} ${does}: ${command}`;
