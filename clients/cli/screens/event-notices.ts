import type { EventNotice } from '../../../schemas/contracts/messages.ts';
import { dutyWords } from '../../words/duties.ts';
import { eventWords } from '../../words/events.ts';
import { moment } from '../../words/quantity.ts';
import { either, say } from '../../words/speech.ts';
import { bold, type Look, yellow } from '../look.ts';

/** One event as a line: when, who did what or what is owed, and the command that reads on. */
export const eventLine = (notice: EventNotice, look: Look): string =>
  [moment(notice.at), said(notice, look), about(notice), readOn(notice)].filter(Boolean).join('  ');

function said({ type, event, by, duty, due }: EventNotice, look: Look): string {
  const what = say(eventWords({ type, event }), look);
  if (duty === undefined) {
    const day = due === undefined ? '' : either(look, `, by ${due}`, `，期限 ${due}`);
    return bold([by, what].filter(Boolean).join(' '), look) + day;
  }
  const until = due === undefined ? '' : either(look, ` by ${due}`, `，期限 ${due}`);
  return `${yellow(what, look)}: ${say(dutyWords(duty), look)}${until}`;
}

const about = ({ resourceId, state, type }: EventNotice): string =>
  [resourceId, type === 'duty' ? undefined : state && `(${state})`].filter(Boolean).join(' ');

function readOn({ type, agreementId, demandId, resourceId, correctionId }: EventNotice): string {
  if (type === 'correction' && correctionId !== undefined) return `hub corrections show ${correctionId}`;
  if (type === 'resource' && resourceId !== undefined) return `hub resources show ${resourceId}`;
  if (demandId !== undefined && agreementId === undefined) return `hub demand show ${demandId}`;
  return agreementId === undefined ? '' : `hub agreements show ${agreementId}`;
}
