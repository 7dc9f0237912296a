import { explainRefusal, headline } from '../../../../functions/records/index.ts';
import type { UploadRefusalCode } from '../../../../schemas/contracts/uploads.ts';
import { count } from '../../../words/quantity.ts';
import { texts } from '../../../words/verdict.ts';
import { bold, green, type Look, red, yellow } from '../../terminal/look.ts';
import { headerScreen } from './header-screen.ts';
import { heldScreen } from './held-screen.ts';
import { indent } from './indent.ts';
import { recordsScreen } from './records-screen.ts';
import { faultsScreen, warningsScreen } from './summary-screen.ts';
import { MAX_FIXABLE, totalsOf, type VerdictView } from './verdict-view.ts';

/** Verdict first, then what concerns the whole file, the summary, the first records, and what to type next. */
export function verdictScreen(view: VerdictView, look: Look): string {
  const sections = [
    verdictLine(view, look),
    wholeFile(view, look),
    heldScreen(view, look),
    faultsScreen(view, look),
    recordsScreen(view, look),
    warningsScreen(view, look),
    cleaningScreen(view, look),
    places(view, look),
    nextActs(view, look),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function verdictLine({ judged }: VerdictView, look: Look): string {
  const isHalf = judged.state === 'held' || (judged.rows?.rejected ?? 0) > 0;
  const color = judged.state === 'refused' ? red : isHalf ? yellow : green;
  return bold(color(headline(judged, look.lang), look), look);
}

/** What the headline says in general the hub's detail says of this file: the sheets that there are, what is damaged. */
const TOLD_BY_DETAIL: ReadonlySet<UploadRefusalCode> = new Set([
  'unknown-format',
  'unreadable',
  'too-large',
  'no-such-sheet',
  'segment-cut',
]);

/** Too many rejections is told by the headline and the summary; everything else is about the file as such. */
function wholeFile({ judged: { refusal } }: VerdictView, look: Look): string {
  if (refusal && TOLD_BY_DETAIL.has(refusal.code)) return indent(refusal.detail);
  if (!refusal?.header) return '';
  const acts = explainRefusal(refusal, look.lang).todo.split(/; |；/);
  return headerScreen(refusal.header, acts, look);
}

/** What of the file would be mended by itself. */
function cleaningScreen({ cleaning = [] }: VerdictView, look: Look): string {
  if (cleaning.length === 0) return '';
  return [bold(texts(look.lang).cleaning, look), ...cleaning.map((words) => indent(`- ${words[look.lang]}`))].join(
    '\n',
  );
}

function places({ judged, report, fixFile }: VerdictView, look: Look): string {
  const t = texts(look.lang);
  const { faults, reported } = totalsOf(judged);
  return [
    ...(reported < faults ? [yellow(t.truncated(count(reported), count(faults)), look)] : []),
    ...((judged.rows?.rejected ?? 0) > MAX_FIXABLE && judged.state === 'accepted'
      ? [yellow(t.fixFileCut(count(MAX_FIXABLE)), look)]
      : []),
    ...(report === undefined ? [] : [t.reportAt(report)]),
    ...(fixFile === undefined ? [] : [t.fixFileAt(fixFile)]),
  ].join('\n');
}

function nextActs({ acts }: VerdictView, look: Look): string {
  if (acts.length === 0) return '';
  const lines = acts.map(({ says, command }) =>
    command === undefined ? indent(says) : `${indent(says)}\n    ${bold(command, look)}`,
  );
  return [bold(texts(look.lang).next, look), ...lines].join('\n');
}
