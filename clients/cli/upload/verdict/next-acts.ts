import type { Judged } from '../../../../functions/records/index.ts';
import type { Language, Words } from '../../../../schemas/words/language.ts';
import { texts } from '../../../words/verdict.ts';
import { beside, checking, cleaningOf, sending, type Situation } from './next-commands.ts';
import { totalsOf, type Act } from './verdict-view.ts';

/** What there is of an upload, and what of it has just been saved. */
export interface UploadFiles {
  readonly uploadId: string;
  readonly hasReport: boolean;
  readonly hasFixFile: boolean;
  readonly savedFixFile: string | undefined;
}

/** What to type after the hub's verdict on an upload. */
export function actsAfterUpload(situation: Situation, files: UploadFiles): Act[] {
  const { typed, judged, lang, file } = situation;
  const { uploadId, hasReport, hasFixFile } = files;
  const name = file ?? `${judged.resourceId}.csv`;
  const report: Act = {
    says: reportOn(judged, lang),
    command: typed('uploads', 'show', uploadId, '--report', beside(name, 'report')),
  };
  const reporting = hasReport ? [report] : [];
  if (judged.state === 'held') return [...deciding(situation, uploadId), ...reporting];
  if (judged.state === 'accepted' && hasFixFile) return fixing(situation, files, name);
  return [...(judged.state === 'accepted' ? again(situation, name) : mending(situation, name)), ...reporting];
}

function reportOn(judged: Judged, lang: Language): string {
  const { faults, warnings } = totalsOf(judged);
  return faults === warnings ? texts(lang).acts.warningReport : texts(lang).acts.wholeReport;
}

function deciding({ typed, lang }: Situation, uploadId: string): Act[] {
  const t = texts(lang).acts;
  return [
    { says: t.acceptHeld, command: typed('uploads', 'accept', uploadId) },
    { says: t.refuseHeld, command: typed('uploads', 'refuse', uploadId, '--reason', '…') },
  ];
}

/** Edits and attachments have no fix-file: the mended ones are edits and attachments like any. */
function again(situation: Situation, name: string): Act[] {
  const { content, rows } = situation.judged;
  if ((rows?.rejected ?? 0) === 0 || (content !== 'changes' && content !== 'attachments')) return [];
  const t = texts(situation.lang).acts;
  const says = content === 'changes' ? t.mendChanges : t.mendAttachments;
  return [{ says, command: situation.resend ?? sending(situation, name) }];
}

function fixing({ typed, judged, lang }: Situation, { uploadId, savedFixFile }: UploadFiles, name: string): Act[] {
  const t = texts(lang).acts;
  const fixFile = savedFixFile ?? beside(name, 'fixes');
  const get = { says: t.fixFile, command: typed('uploads', 'show', uploadId, '--fix-file', fixFile) };
  const send = typed('upload', fixFile, '--resource', judged.resourceId, '--fixes', uploadId);
  return [...(savedFixFile === undefined ? [get] : []), { says: t.mendFixFile(fixFile), command: send }];
}

/** First of all, where `hub clean` would mend something. */
export const withCleaning = (acts: readonly Act[], cleaning: readonly Words[], situation: Situation): Act[] =>
  cleaning.length === 0 || situation.file === undefined
    ? [...acts]
    : [{ says: texts(situation.lang).acts.clean, command: cleaningOf(situation, situation.file) }, ...acts];

/** What to type after a check on this machine. */
export function actsAfterCheck(situation: Situation, wholeReport: string | undefined): Act[] {
  const { judged, lang, file = '' } = situation;
  const t = texts(lang).acts;
  if (judged.state === 'refused') return [...mending(situation, file), ...missingReport(situation, wholeReport)];
  const send = sending(situation, file);
  if (judged.state === 'held') return [{ says: t.sendHeld, command: send }, ...missingReport(situation, wholeReport)];
  if ((judged.rows?.rejected ?? 0) === 0) return [{ says: t.send, command: send }];
  return [
    { says: t.mendFirst(file), command: checking(situation, file) },
    { says: t.sendRest, command: send },
    ...missingReport(situation, wholeReport),
  ];
}

function missingReport(situation: Situation, wholeReport: string | undefined): Act[] {
  const { lang, file = '', judged } = situation;
  if (wholeReport !== undefined || totalsOf(judged).faults === 0) return [];
  return [{ says: reportOn(judged, lang), command: `${checking(situation, file)} --report ${beside(file, 'report')}` }];
}

/** The file was not looked into: something happened on its way. */
const ARRIVED_WRONG: ReadonlySet<string> = new Set(['expired', 'digest-mismatch', 'length-mismatch']);

/** Edits that have nothing to be merged into. */
const WANTS_SNAPSHOT: ReadonlySet<string> = new Set(['no-primary-key', 'snapshot-needed']);

const withoutContent = (said: readonly string[]): string[] =>
  said.filter((word, index) => word !== '--content' && said[index - 1] !== '--content');

function mending(situation: Situation, file: string): Act[] {
  const { lang, otherEncoding, judged } = situation;
  const t = texts(lang).acts;
  const code = judged.refusal?.code;
  if (code === 'superseded') {
    return [{ says: t.inForce, command: situation.typed('uploads', '--resource', judged.resourceId) }];
  }
  if (code !== undefined && ARRIVED_WRONG.has(code)) {
    return [{ says: t.sendOnceMore, command: sending(situation, file) }];
  }
  if (code === 'declined') return [{ says: t.sendRight, command: sending(situation, file) }];
  if (code !== undefined && WANTS_SNAPSHOT.has(code)) {
    return [{ says: t.sendWhole, command: sending({ ...situation, said: withoutContent(situation.said) }, file) }];
  }
  if (judged.content === 'attachments') return [{ says: t.mendAttachments, command: sending(situation, file) }];
  if (situation.resend !== undefined) return [{ says: t.mendChanges, command: situation.resend }];
  if (otherEncoding) return [{ says: t.encoding(otherEncoding), command: checking(situation, file) }];
  return [
    { says: t.mendFile(file), command: checking(situation, file) },
    { says: t.sendAgain, command: sending(situation, file) },
  ];
}
