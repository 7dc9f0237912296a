import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Look } from '../look.ts';
import { moment } from '../quantity.ts';
import { facts, table } from '../table.ts';
import { nextLine } from './agreement-step.ts';
import { termsScreen } from './terms.ts';
import { word } from './words.ts';

/** The whole agreement: where it stands, its terms, what happened, what comes next. */
export const agreementScreen = (agreement: Agreement, look: Look): string =>
  [
    standing(agreement, look),
    '',
    termsScreen(agreement, look),
    '',
    history(agreement, look),
    '',
    nextLine(agreement, look),
  ]
    .join('\n')
    .trimEnd();

const standing = ({ agreementId, state, signatures, filingNumber }: Agreement, look: Look): string =>
  facts(
    [
      [word('agreement', look), agreementId],
      [word('state', look), word(state, look)],
      [word('signatures', look), signatures.join(', ')],
      [word('filing', look), filingNumber],
    ],
    look,
  );

const history = (agreement: Agreement, look: Look): string =>
  table(
    agreement.history,
    [
      { head: word('at', look), value: ({ at }) => moment(at) },
      { head: word('by', look), value: ({ by }) => by },
      { head: word('step', look), value: ({ action }) => action },
      {
        head: word('terms', look),
        value: ({ termsVersion }) => (termsVersion === undefined ? '' : `v${termsVersion}`),
      },
      { head: word('reason', look), value: ({ reason, filingNumber }) => reason ?? filingNumber ?? '', flexible: true },
    ],
    look,
  );
