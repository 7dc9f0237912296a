import type { EventNotice, LaterNotice } from '../../../schemas/contracts/notices.ts';
import { isKnown } from '../../protocol/notices.ts';
import { dutyWords } from '../../words/duties.ts';
import { eventWords } from '../../words/events.ts';
import { moment } from '../../words/quantity.ts';
import { either, say } from '../../words/speech.ts';
import { bold, type Look, yellow } from '../terminal/look.ts';

/** One event as a line: when, who did what or what is owed, and the command that reads on. */
export const eventLine = (notice: EventNotice | LaterNotice, look: Look): string =>
  [moment(notice.at), ...(isKnown(notice) ? known(notice, look) : later(notice, look))].filter(Boolean).join('  ');

const known = (notice: EventNotice, look: Look): string[] => [said(notice, look), about(notice), readOn(notice)];

const later = (notice: LaterNotice, look: Look): string[] => [what(notice, look), notice.path];

function said(notice: EventNotice, look: Look): string {
  if (notice.type === 'duty') {
    const until = either(look, ` by ${notice.due}`, `，期限 ${notice.due}`);
    return `${yellow(say(eventWords(notice), look), look)}: ${say(dutyWords(notice.duty), look)}${until}`;
  }
  if (notice.type === 'changed') return `${what(notice, look)}: ${placesOf(notice.refs, look)}`;
  const due = 'due' in notice ? notice.due : undefined;
  return what(notice, look) + (due === undefined ? '' : either(look, `, by ${due}`, `，期限 ${due}`));
}

const what = (notice: Exclude<EventNotice, { type: 'duty' }> | LaterNotice, look: Look): string =>
  bold(['by' in notice && notice.by, say(eventWords(notice), look)].filter(Boolean).join(' '), look);

const PLACES_SHOWN = 10;

/** Keys, by their places on the list that was lodged. */
function placesOf(refs: readonly number[], look: Look): string {
  const shown = refs.slice(0, PLACES_SHOWN).join(', ');
  const more = refs.length - PLACES_SHOWN;
  return more <= 0 ? shown : `${shown}${either(look, ` and ${more} more`, ` 等共 ${refs.length} 个`)}`;
}

const about = (notice: EventNotice): string =>
  [notice.resourceId, 'state' in notice && `(${notice.state})`].filter(Boolean).join(' ');

function readOn(notice: EventNotice): string {
  switch (notice.type) {
    case 'agreement':
      return `hub agreements show ${notice.agreementId}`;
    case 'demand':
      return `hub demand show ${notice.demandId}`;
    case 'resource':
      return `hub resources show ${notice.resourceId}`;
    case 'correction':
      return `hub corrections show ${notice.correctionId}`;
    case 'comparison':
      return `hub comparisons show ${notice.comparisonId}`;
    case 'changed':
    case 'watch':
      return `hub alerts show ${notice.watchId}`;
    case 'reconciliation':
      return `hub reconcile show ${notice.reconciliationId}`;
    default:
      return notice.agreementId === undefined
        ? `hub demand show ${notice.demandId}`
        : `hub agreements show ${notice.agreementId}`;
  }
}
