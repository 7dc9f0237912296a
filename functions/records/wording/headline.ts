import type {
  Held,
  HeaderFindings,
  RowCounts,
  UploadContent,
  UploadRefusal,
  UploadState,
  ViolationCount,
} from '../../../schemas/contracts/uploads.ts';
import type { Language, Words } from '../../../schemas/words/language.ts';
import { type Advice, explainRefusal } from './explain.ts';
import { headerTodo } from './header.ts';
import { number } from './language.ts';
import { OTHER_ATTACHMENTS, OTHER_NAMES, REFUSALS } from './refusals.ts';

/** What a headline is made from: an `Upload` of the API is one, `verdictOf` makes one of a check on the spot. */
export interface Judged {
  readonly state: UploadState;
  readonly refusal?: UploadRefusal | undefined;
  readonly rows?: RowCounts | undefined;
  readonly violations?: readonly ViolationCount[] | undefined;
  readonly resourceId: string;
  readonly datasetVersion?: number | undefined;
  /** Of `changes` and attachments there is no fix-file. */
  readonly content?: UploadContent | undefined;
  /** Why it waits for its provider's word. */
  readonly held?: Held | undefined;
  /** Share of rejected records that the resource puts up with, 0 to 1. */
  readonly tolerance?: number | undefined;
  /** The upload whose records these mend, or that there is one. */
  readonly fixes?: string | boolean | undefined;
  /** Nothing was sent: this is what the hub would say. */
  readonly trial?: boolean | undefined;
}

/** Verdict and next act, in one sentence. */
export function headline(judged: Judged, language: Language): string {
  if (judged.refusal) return refusedLine(judged, judged.refusal, language);
  if (judged.state === 'accepted')
    return withWarnings(judged.trial ? trialLine(judged) : acceptedLine(judged), judged)[language];
  if (judged.state === 'held') return heldLine(judged)[language];
  return WAITING[judged.state](judged.resourceId)[language];
}

const WAITING: Readonly<Record<Exclude<UploadState, 'accepted' | 'held'>, (resource: string) => Words>> = {
  awaiting: (resource) => ({
    en: `The upload to ${resource} is announced: send the file.`,
    zh: `对 ${resource} 的上报已申报：请发送文件。`,
  }),
  received: (resource) => ({
    en: `The file for ${resource} has arrived and waits to be checked: ask again in a moment.`,
    zh: `${resource} 的文件已收到，等待校验：请稍后再查。`,
  }),
  checking: (resource) => ({
    en: `The file for ${resource} is being checked: ask again in a moment.`,
    zh: `${resource} 的文件正在校验：请稍后再查。`,
  }),
  refused: (resource) => ({ en: `The upload to ${resource} was refused.`, zh: `对 ${resource} 的上报未被接受。` }),
};

function acceptedLine({ rows = NO_ROWS, resourceId, datasetVersion, content, fixes }: Judged): Words {
  if (content === 'attachments') return attachmentsLine(rows, resourceId);
  const as =
    datasetVersion === undefined
      ? { en: resourceId, zh: resourceId }
      : { en: `version ${datasetVersion} of ${resourceId}`, zh: `${resourceId} 第 ${datasetVersion} 版` };
  if (fixes) return joinedLine(rows, as);
  if (rows.rejected === 0) {
    return {
      en: `Accepted as ${as.en}: ${all(rows).en}; there is nothing to do.`,
      zh: `已接受为 ${as.zh}：${all(rows).zh}，无需处理。`,
    };
  }
  if (content === 'changes') {
    return {
      en: `Accepted as ${as.en}: ${number(rows.accepted)} of ${records(rows.read)}; mend the ${rejectedRecords(rows)} and send them as changes again.`,
      zh: `已接受为 ${as.zh}：${number(rows.read)} 条记录中的 ${number(rows.accepted)} 条；请改好被退回的 ${number(rows.rejected)} 条，再以变更方式上报。`,
    };
  }
  return {
    en: `Accepted as ${as.en}: ${number(rows.accepted)} of ${records(rows.read)}; mend the ${rejectedRecords(rows)} in the fix-file and upload it as fixes of this upload.`,
    zh: `已接受为 ${as.zh}：${number(rows.read)} 条记录中的 ${number(rows.accepted)} 条；请在修正文件中改好被退回的 ${number(rows.rejected)} 条，并作为本次上报的修正上报。`,
  };
}

function attachmentsLine({ read, accepted, rejected }: RowCounts, resource: string): Words {
  if (rejected === 0) {
    const whole = read === 1 ? 'the one attachment' : `all ${number(read)} attachments`;
    return {
      en: `Accepted for ${resource}: ${whole}; there is nothing to do.`,
      zh: `${resource} 已接受全部 ${number(read)} 个附件，无需处理。`,
    };
  }
  return {
    en: `Accepted for ${resource}: ${number(accepted)} of ${number(read)} attachments; mend the ${rejected === 1 ? 'one that was rejected' : `${number(rejected)} that were rejected`} and send these again.`,
    zh: `${resource} 已接受 ${number(read)} 个附件中的 ${number(accepted)} 个；请改好被退回的 ${number(rejected)} 个后再次上报。`,
  };
}

/** Warnings have rejected nothing, and stand in the report. */
function withWarnings(line: Words, { violations = [] }: Judged): Words {
  const warnings = violations.reduce((sum, { severity, count }) => sum + (severity === 'warning' ? count : 0), 0);
  if (warnings === 0) return line;
  const counted = warnings === 1 ? 'one warning' : `${number(warnings)} warnings`;
  return {
    en: `${line.en} The report has ${counted}, which rejected nothing.`,
    zh: `${line.zh}报告中另有 ${number(warnings)} 条提示，不影响接受。`,
  };
}

/** The provider alone knows whether so many rows are right. */
function heldLine({ held, resourceId, trial }: Judged): Words {
  const why = held
    ? rowsDiffer(held)
    : { en: 'its number of rows is far from that in force', zh: '行数与现行数据集相差过大' };
  if (trial) {
    return {
      en: `${resourceId} would hold the file: ${why.en}; see that it is whole, upload it, and say that it is right.`,
      zh: `${resourceId} 会暂缓接受该文件：${why.zh}。请确认文件完整，上报后再确认。`,
    };
  }
  return {
    en: `The upload to ${resourceId} is held: ${why.en}; accept it if that is right, or refuse it and upload the right file.`,
    zh: `${resourceId} 暂缓接受本次上报：${why.zh}。如属实请确认接受，否则请拒绝并上报正确的文件。`,
  };
}

function rowsDiffer({ previousRows, rows, limit }: Held): Words {
  return {
    en: `its dataset would have ${number(rows)} ${rows === 1 ? 'row' : 'rows'} where the one in force has ${number(previousRows)}, a difference of more than ${percent(limit, 3)}`,
    zh: `数据集将有 ${number(rows)} 行，现行的为 ${number(previousRows)} 行，相差超过 ${percent(limit, 3)}`,
  };
}

function joinedLine(rows: RowCounts, as: Words): Words {
  if (rows.rejected === 0) {
    const mended = rows.read === 1 ? 'the mended record has' : `all ${number(rows.read)} mended records have`;
    return {
      en: `Accepted as ${as.en}: ${mended} joined the dataset; there is nothing to do.`,
      zh: `已接受为 ${as.zh}：${number(rows.read)} 条改好的记录已全部并入数据集，无需处理。`,
    };
  }
  return {
    en: `Accepted as ${as.en}: ${number(rows.accepted)} of ${number(rows.read)} mended records have joined the dataset; mend the ${rejectedRecords(rows)} in the new fix-file and upload it as fixes of this upload.`,
    zh: `已接受为 ${as.zh}：${number(rows.read)} 条改好的记录中有 ${number(rows.accepted)} 条已并入数据集；请在新的修正文件中改好被退回的 ${number(rows.rejected)} 条，并作为本次上报的修正上报。`,
  };
}

function trialLine({ rows = NO_ROWS, resourceId }: Judged): Words {
  if (rows.rejected === 0) {
    return {
      en: `${resourceId} would accept the file, ${all(rows).en}: upload it.`,
      zh: `${resourceId} 会接受该文件（${all(rows).zh}）：可以上报。`,
    };
  }
  return {
    en: `${resourceId} would accept ${number(rows.accepted)} of ${records(rows.read)} and reject ${number(rows.rejected)}: mend these before you upload the file.`,
    zh: `${resourceId} 会接受 ${number(rows.read)} 条记录中的 ${number(rows.accepted)} 条，退回 ${number(rows.rejected)} 条：请先改好再上报。`,
  };
}

function refusedLine(
  { trial, resourceId, content, rows, tolerance, fixes }: Judged,
  refusal: UploadRefusal,
  language: Language,
): string {
  const mended = Boolean(fixes) && refusal.code === 'too-many-rejections';
  if (mended) return noneMended(resourceId, rows ?? NO_ROWS)[language];
  const { says, todo } = adviceOn(refusal, content, language);
  const counts = refusal.code === 'too-many-rejections' && rows ? shares(rows, tolerance)[language] : '';
  if (language === 'zh')
    return `${resourceId} ${trial ? '不会接受该文件' : '未接受本次上报'}：${says}${counts}。${todo}。`;
  return `${trial ? `${resourceId} would refuse the file` : `The upload to ${resourceId} was refused`}: ${says}${counts}; ${todo}.`;
}

function adviceOn(refusal: UploadRefusal, content: Judged['content'], language: Language): Advice {
  if (refusal.header) return headerLine(refusal.header, language);
  if (content === 'attachments' && refusal.code === 'unknown-format')
    return { says: OTHER_ATTACHMENTS.says[language], todo: OTHER_ATTACHMENTS.todo[language] };
  return explainRefusal(refusal, language);
}

const noneMended = (resource: string, { read }: RowCounts): Words => ({
  en: `The upload to ${resource} was refused: none of the ${number(read)} mended records is good, so the dataset stays as it is; mend the new fix-file and upload it as fixes of the same upload.`,
  zh: `${resource} 未接受本次上报：${number(read)} 条改好的记录中没有一条合格，数据集保持不变。请改好新的修正文件，并作为同一上报的修正上报。`,
});

/** Acts that a sentence can name. */
const MAX_ACTS = 3;

/** The first few acts; `explainRefusal` has them all, with what is needed and what was found. */
function headerLine(header: HeaderFindings, language: Language): Advice {
  const acts = headerTodo(header).map((act) => act[language]);
  const more = acts.length - MAX_ACTS;
  const rest =
    more > 0
      ? [{ en: `and ${more} more ${more === 1 ? 'change' : 'changes'}`, zh: `另有 ${more} 处修改` }[language]]
      : [];
  const todo = [...acts.slice(0, MAX_ACTS), ...rest].join(language === 'zh' ? '；' : ', ');
  return { says: OTHER_NAMES[language], todo: todo || REFUSALS.header.todo[language] };
}

function shares({ read, rejected }: RowCounts, tolerance: number | undefined): Words {
  // More digits where fewer would call the share and its limit the same.
  const digits = tolerance !== undefined && percent(tolerance, 3) === percent(rejected / read, 3) ? 6 : 3;
  const most = tolerance === undefined ? undefined : percent(tolerance, digits);
  const share = percent(rejected / read, digits);
  return {
    en: `, ${number(rejected)} of ${number(read)} (${share}${most === undefined ? '' : `, where at most ${most} may be`})`,
    zh: `，${number(read)} 条中有 ${number(rejected)} 条（${share}${most === undefined ? '' : `，上限为 ${most}`}）`,
  };
}

const NO_ROWS: RowCounts = { read: 0, accepted: 0, rejected: 0 };
const records = (count: number): string => `${number(count)} ${count === 1 ? 'record' : 'records'}`;
const rejectedRecords = ({ rejected }: RowCounts): string =>
  rejected === 1 ? 'one that was rejected' : `${number(rejected)} that were rejected`;
const all = ({ read }: RowCounts): Words => ({
  en: read === 1 ? 'its one record' : `all ${records(read)}`,
  zh: `全部 ${number(read)} 条记录`,
});

const percent = (share: number, digits: number): string => `${Number((share * 100).toPrecision(digits))} %`;
