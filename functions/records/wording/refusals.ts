import type { UploadRefusalCode } from '../../../schemas/contracts/uploads.ts';
import { both, type Words } from './language.ts';

export interface RefusalWords {
  readonly says: Words;
  readonly todo: Words;
  /** What happened, for instance. */
  readonly example: Words;
}

/** A header that can be read and has other names than the resource: its findings say which. */
export const OTHER_NAMES: Words = both('the header does not fit the resource', '表头与信息资源的定义不符');

/** Why a whole upload is refused; `header` without findings. */
export const REFUSALS: Readonly<Record<UploadRefusalCode, RefusalWords>> = {
  header: {
    says: both(
      'the first line cannot be read as a header: a quote or a carriage return is out of place in it, or it does not end',
      '首行无法作为表头读取：其中引号或回车符位置有误，或首行没有结束',
    ),
    todo: both('mend the first line of the file and upload it again', '请修改文件首行后重新上报'),
    example: both('a name whose quote is not closed', '字段名的引号没有闭合'),
  },
  empty: {
    says: both('the file has no records', '文件中没有记录'),
    todo: both('upload a header row with at least one record below it', '请上报含表头和至少一条记录的文件'),
    example: both('a header and nothing below it', '只有表头，没有数据'),
  },
  encoding: {
    says: both('the file is not in the announced encoding', '文件编码与申报的不符'),
    todo: both(
      'announce the encoding that the file has (utf-8 or gb18030), or save the file as UTF-8 and upload it again',
      '请按文件的实际编码（utf-8 或 gb18030）申报，或另存为 UTF-8 后重新上报',
    ),
    example: both(
      'a file that a Chinese Windows saved (GBK), announced as utf-8',
      '中文 Windows 保存的 GBK 文件，按 utf-8 申报',
    ),
  },
  'digest-mismatch': {
    says: both(
      'what arrived is not the file that was announced (another SHA-256)',
      '收到的内容与申报的文件不一致（SHA-256 不同）',
    ),
    todo: both('upload the file again, and let nobody change it meanwhile', '请重新上报，上报期间不要改动文件'),
    example: both('the file was saved once more while it was sent', '传输过程中文件又被保存'),
  },
  'length-mismatch': {
    says: both('what arrived has another length than was announced', '收到的长度与申报的不同'),
    todo: both('upload the file again, and let nobody change it meanwhile', '请重新上报，上报期间不要改动文件'),
    example: both('the transfer broke off', '传输中断'),
  },
  'too-many-rejections': {
    says: both('too many records are wrong', '不合格的记录过多'),
    todo: both(
      'mend the faults below, the systematic ones first, and upload the whole file again',
      '请先处理成批的错误，修改后重新上报整个文件',
    ),
    example: both('all dates are written as 31/12/2026', '所有日期都写成 31/12/2026'),
  },
  'unknown-format': {
    says: both(
      'the file is not CSV text but a workbook, an archive or UTF-16 text',
      '文件不是 CSV 文本，而是工作簿、压缩包或 UTF-16 文本等',
    ),
    todo: both('save it as CSV (UTF-8) and upload that', '请另存为 CSV（UTF-8）格式后上报'),
    example: both('an Excel workbook', 'Excel 工作簿'),
  },
  superseded: {
    says: both('a newer upload of this resource was accepted meanwhile', '该信息资源已有更新的上报被接受'),
    todo: both(
      'nothing, if that one has everything; otherwise upload the newest file again',
      '若较新的上报已完整则无需处理，否则请重新上报最新文件',
    ),
    example: both('Tuesday’s file was checked before Monday’s', '周二的文件先于周一的文件完成校验'),
  },
  expired: {
    says: both('the file did not arrive in time', '文件未在期限内送达'),
    todo: both('announce the upload again and send the file at once', '请重新申报并立即发送文件'),
    example: both('an upload was announced and nothing was sent', '申报后没有发送文件'),
  },
};
