import type { Agreement, AgreementState } from '../../../schemas/contracts/agreements.ts';
import { accepting, onTheTable } from '../../protocol/on-the-table.ts';
import { bold, type Look } from '../look.ts';
import { widthOf } from '../text-width.ts';
import { either, word } from './words.ts';

/** Whose turn it is, and the command to type: a line for each thing that somebody can or must do now. */
export function nextLines(agreement: Agreement, look: Look): string {
  const label = word('next', look);
  return stepsOf(agreement, look)
    .map((step, index) => `${index === 0 ? bold(label, look) : ' '.repeat(widthOf(label))}  ${step}`)
    .join('\n');
}

type Step = (agreement: Agreement, look: Look) => string;

/** One entry for every state. */
const steps: Record<AgreementState, (agreement: Agreement, look: Look) => readonly string[]> = {
  proposed: (agreement, look) => [accept(agreement, look)],
  agreed: (agreement, look) => [sign(agreement, look)],
  signed: (agreement, look) => [file(agreement, look)],
  active: (agreement, look) => [receive(agreement, look)],
  suspended: lift,
  terminated: afterwards,
  expired: afterwards,
};

/** An amendment goes its own way beside the terms in force, and so does a dispute. */
const stepsOf = (agreement: Agreement, look: Look): readonly string[] => [
  ...(agreement.amendment ? steps[agreement.amendment.state](agreement, look) : []),
  ...disputeSteps(agreement, look),
  ...steps[agreement.state](agreement, look),
];

const accept: Step = (agreement, look) =>
  who(accepting(agreement), either(look, 'accepts', '接受'), `accept ${agreement.agreementId}`, look);

const sign: Step = (agreement, look) => {
  const { consumer, provider, agreementId } = agreement;
  const missing = [consumer, provider].filter((party) => !onTheTable(agreement).signatures.includes(party));
  const does = either(look, missing.length > 1 ? 'sign' : 'signs', '签署');
  return who(missing.join(either(look, ' and ', '、')), does, `sign ${agreementId}`, look);
};

const file: Step = ({ agreementId }, look) =>
  who(either(look, 'the authority', '主管部门'), either(look, 'files', '备案'), `file ${agreementId} --number …`, look);

const receive: Step = ({ consumer }, look) =>
  said(consumer, either(look, 'receives', '接收'), 'hub poll --follow', look);

/** What the clock holds only other terms set free. */
function lift({ agreementId, suspensions }: Agreement, look: Look): readonly string[] {
  return suspensions.map(({ holder, by }) =>
    holder === 'clock'
      ? who(either(look, 'either party', '任一方'), either(look, 'amends', '修订'), `amend ${agreementId} …`, look)
      : who(by, either(look, 'lifts it', '解除中止'), `resume ${agreementId} --reason …`, look),
  );
}

function afterwards({ agreementId, resourceId, consumer, disposal }: Agreement, look: Look): readonly string[] {
  if (!disposal || disposal.statement) return [`hub agreements propose ${resourceId} …`];
  const does = either(look, `disposes of the data by ${disposal.due}`, `在 ${disposal.due} 前销毁数据`);
  return [who(consumer, does, `dispose ${agreementId} --method … --words …`, look)];
}

/** Also of an agreement that is over. */
function disputeSteps({ agreementId, dispute, consumer, provider }: Agreement, look: Look): readonly string[] {
  if (!dispute || dispute.state === 'decided') return [];
  const other = dispute.openedBy === consumer ? provider : consumer;
  return dispute.state === 'open'
    ? [who(other, either(look, 'answers', '答复争议'), `dispute answer ${agreementId} --words …`, look)]
    : [
        who(
          either(look, 'the authority', '主管部门'),
          either(look, 'decides', '裁定争议'),
          `dispute decide ${agreementId} --words …`,
          look,
        ),
      ];
}

const who = (party: string, does: string, command: string, look: Look): string =>
  said(party, does, `hub agreements ${command}`, look);

const said = (party: string, does: string, command: string, look: Look): string =>
  look.lang === 'zh' ? `${party} ${does}：${command}` : `${party} ${does}: ${command}`;
