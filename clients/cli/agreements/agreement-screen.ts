import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { moment } from '../../words/quantity.ts';
import { consentStates } from '../../words/derivations.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import { facts } from '../terminal/table.ts';
import { nextLines } from './next-screen.ts';
import type { Owing } from './step-screen.ts';
import { historyTable } from './history-screen.ts';
import { owedLines } from './owed-screen.ts';
import { termsScreen } from './terms/terms-screen.ts';

/** The whole agreement: where it stands, its terms, what happened, what is owed, what comes next. */
export const agreementScreen = ({ agreement, duties }: Owing, look: Look): string =>
  [
    standing(agreement, look),
    termsScreen(agreement, look, agreement),
    history(agreement, look),
    [owedLines(duties, look), nextLines(agreement, look)].filter((lines) => lines !== '').join('\n'),
  ].join('\n\n');

const standing = (agreement: Agreement, look: Look): string =>
  facts(
    [
      [word('agreement', look), agreement.agreementId],
      [word('state', look), word(agreement.state, look)],
      [word('signatures', look), agreement.signatures.join(', ')],
      [either(look, 'consents', '信息项来源部门'), consentsText(agreement.consents, look)],
      [word('filing', look), agreement.filingNumber],
      [word('amendment', look), amendmentText(agreement, look)],
      ...agreement.suspensions.map(
        ({ by, at, reason }) => [word('suspended', look), `${by}  ${moment(at)}  ${reason}`] as const,
      ),
      [word('dispute', look), disputeText(agreement, look)],
      [word('outdated', look), outdatedText(agreement, look)],
      [word('disposal', look), disposalText(agreement, look)],
      [word('demand', look), agreement.demandId],
      [word('scheme', look), agreement.scheme],
    ],
    look,
  );

const consentsText = (consents: Agreement['consents'], look: Look): string =>
  consents.map(({ department, state }) => `${department} (${say(consentStates[state], look)})`).join(', ');

function amendmentText({ agreementId, amendment, termsVersion }: Agreement, look: Look): string | undefined {
  if (!amendment) return undefined;
  const compare = `hub agreements differences ${agreementId} --from ${termsVersion} --to ${amendment.termsVersion}`;
  const signed = amendment.signatures.length > 0 ? ` (${amendment.signatures.join(', ')})` : '';
  const consents = consentsText(amendment.consents, look);
  return [`v${amendment.termsVersion}, ${word(amendment.state, look)}${signed}`, consents, compare]
    .filter((part) => part !== '')
    .join('  ');
}

const disputeText = ({ dispute }: Agreement, look: Look): string | undefined =>
  dispute && `${word(dispute.state, look)}  ${dispute.openedBy}  ${moment(dispute.openedAt)}`;

const outdatedText = ({ outdated }: Agreement, look: Look): string | undefined =>
  outdated &&
  either(
    look,
    `version ${outdated.resourceVersion} breaks ${outdated.fields.join(', ')}; amend by ${outdated.graceUntil}`,
    `版本 ${outdated.resourceVersion} 与 ${outdated.fields.join('、')} 不符，${outdated.graceUntil} 前修订`,
  );

function disposalText({ disposal }: Agreement, look: Look): string | undefined {
  if (!disposal) return undefined;
  const { due, statement } = disposal;
  if (!statement) return either(look, `owed by ${due}`, `期限 ${due}`);
  return `${word(statement.method, look)}  ${statement.disposedOn}  ${statement.words}`;
}

/** The newest part of a long history is all that an answer can hold: the rest has a command of its own. */
function history({ agreementId, history: entries, olderHistory }: Agreement, look: Look): string {
  const shown = historyTable(entries, look);
  if (!olderHistory) return shown;
  const command = `hub agreements history ${agreementId}`;
  return `${shown}\n${dim(either(look, `What was done and said before: ${command}`, `此前的记录：${command}`), look)}`;
}
