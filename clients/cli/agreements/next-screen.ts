import { termsOf } from '../../../functions/reading/terms.ts';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { nextSteps, type NextAct, type NextStep } from '../../words/next-steps.ts';
import { say, word } from '../../words/speech.ts';
import { bold, type Look } from '../terminal/look.ts';
import { widthOf } from '../terminal/text-width.ts';

/** Whose turn it is, and the command to type: a line for each thing that somebody can or must do now. */
export function nextLines(agreement: Agreement, look: Look): string {
  const label = word('next', look);
  return nextSteps(agreement)
    .map((step, index) => {
      const head = index === 0 ? bold(label, look) : ' '.repeat(widthOf(label));
      return `${head}  ${lineOf(step, commands[step.act](agreement), look)}`;
    })
    .join('\n');
}

/** Anybody may propose anew, so nobody is named. */
const lineOf = ({ act, who, does }: NextStep, command: string, look: Look): string =>
  act === 'propose-anew'
    ? command
    : `${say(who, look)} ${say(does, look)}${say({ en: ': ', zh: '：' }, look)}${command}`;

/** How a consumer gets what it has agreed on. */
const uses: Readonly<Record<Terms['mode'], (agreement: Agreement) => string>> = {
  delivery: () => 'hub poll --follow',
  lookup: ({ agreementId }) => `hub lookup --agreement ${agreementId} --key … --case … --reason …`,
  comparison: ({ agreementId }) => `hub compare FILE --agreement ${agreementId} --kind …`,
};

const commands: Readonly<Record<NextAct, (agreement: Agreement) => string>> = {
  accept: ({ agreementId }) => `hub agreements accept ${agreementId}`,
  sign: ({ agreementId }) => `hub agreements sign ${agreementId}`,
  consent: ({ agreementId, resourceId }) => `hub agreements consent ${agreementId} ${resourceId}`,
  file: ({ agreementId }) => `hub agreements file ${agreementId} --number …`,
  receive: (agreement) => uses[termsOf(agreement).mode](agreement),
  amend: ({ agreementId }) => `hub agreements amend ${agreementId} …`,
  resume: ({ agreementId }) => `hub agreements resume ${agreementId} --reason …`,
  dispose: ({ agreementId }) => `hub agreements dispose ${agreementId} --method … --words …`,
  'answer-dispute': ({ agreementId }) => `hub agreements dispute answer ${agreementId} --words …`,
  'decide-dispute': ({ agreementId }) => `hub agreements dispute decide ${agreementId} --words …`,
  'propose-anew': ({ resourceId }) => `hub agreements propose ${resourceId} …`,
};
