import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Duty } from '../../../schemas/contracts/duties.ts';
import { either, word } from '../../words/speech.ts';
import { green, type Look } from '../terminal/look.ts';
import { nextLines } from './next-screen.ts';
import { owedLines } from './owed-screen.ts';

/** An agreement with what is owed under it now. */
export interface Owing {
  readonly agreement: Agreement;
  readonly duties: readonly Duty[];
}

/** What is owed all the time while data flow: no step brings it about. */
const routine: ReadonlySet<Duty['duty']> = new Set(['provide', 'receive']);

/** After a step: the state that it led to, who owes what by when, and whose turn it is. */
export const stepScreen = ({ agreement, duties }: Owing, look: Look): string =>
  [
    green(stateLine(agreement, look), look),
    owedLines(
      duties.filter(({ duty }) => !routine.has(duty)),
      look,
    ),
    nextLines(agreement, look),
  ]
    .filter((lines) => lines !== '')
    .join('\n');

/** The same where nobody has asked what is owed. */
export const agreementStepScreen = (agreement: Agreement, look: Look): string =>
  stepScreen({ agreement, duties: [] }, look);

function stateLine({ agreementId, state, amendment }: Agreement, look: Look): string {
  const is = word(state, look);
  const beside = amendment && { version: amendment.termsVersion, is: word(amendment.state, look) };
  return either(
    look,
    `Agreement ${agreementId} is ${is}${beside ? `; its amendment, terms v${beside.version}, is ${beside.is}` : ''}.`,
    `共享协议 ${agreementId} 状态：${is}${beside ? `；修订条款 v${beside.version}：${beside.is}` : ''}。`,
  );
}
