import type { UploadRefusalCode } from '../../../schemas/contracts/uploads.ts';
import type { Words } from '../../../schemas/words/language.ts';

export interface RefusalWords {
  readonly says: Words;
  readonly todo: Words;
  /** What happened, for instance. */
  readonly example: Words;
}

/** A header that can be read and has other names than the resource: its findings say which. */
export const OTHER_NAMES: Words = { en: 'the header does not fit the resource', zh: '表头与信息资源的定义不符' };

/** Attachments that came as one where an archive was announced, or the other way round. */
export const OTHER_ATTACHMENTS: Omit<RefusalWords, 'example'> = {
  says: { en: 'the file is not what was announced', zh: '文件与申报的不符' },
  todo: {
    en: 'send a ZIP archive of pictures, or one picture with its name',
    zh: '请上报图片的 ZIP 压缩包，或给出名称单独上报一张图片',
  },
};

/** Why a whole upload is refused; `header` without findings. */
export const REFUSALS: Readonly<Record<UploadRefusalCode, RefusalWords>> = {
  header: {
    says: {
      en: 'the first line cannot be read as a header: a quote or a carriage return is out of place in it, or it does not end',
      zh: '首行无法作为表头读取：其中引号或回车符位置有误，或首行没有结束',
    },
    todo: { en: 'mend the first line of the file and upload it again', zh: '请修改文件首行后重新上报' },
    example: { en: 'a name whose quote is not closed', zh: '字段名的引号没有闭合' },
  },
  empty: {
    says: { en: 'the file has no records', zh: '文件中没有记录' },
    todo: { en: 'upload a header row with at least one record below it', zh: '请上报含表头和至少一条记录的文件' },
    example: { en: 'a header and nothing below it', zh: '只有表头，没有数据' },
  },
  encoding: {
    says: { en: 'the file is not in the announced encoding', zh: '文件编码与申报的不符' },
    todo: {
      en: 'announce the encoding that the file has (utf-8 or gb18030), or save the file as UTF-8 and upload it again',
      zh: '请按文件的实际编码（utf-8 或 gb18030）申报，或另存为 UTF-8 后重新上报',
    },
    example: {
      en: 'a file that a Chinese Windows saved (GBK), announced as utf-8',
      zh: '中文 Windows 保存的 GBK 文件，按 utf-8 申报',
    },
  },
  'digest-mismatch': {
    says: {
      en: 'what arrived is not the file that was announced (another SHA-256)',
      zh: '收到的内容与申报的文件不一致（SHA-256 不同）',
    },
    todo: { en: 'upload the file again, and let nobody change it meanwhile', zh: '请重新上报，上报期间不要改动文件' },
    example: { en: 'the file was saved once more while it was sent', zh: '传输过程中文件又被保存' },
  },
  'length-mismatch': {
    says: { en: 'what arrived has another length than was announced', zh: '收到的长度与申报的不同' },
    todo: { en: 'upload the file again, and let nobody change it meanwhile', zh: '请重新上报，上报期间不要改动文件' },
    example: { en: 'the transfer broke off', zh: '传输中断' },
  },
  'too-many-rejections': {
    says: { en: 'too many records are wrong', zh: '不合格的记录过多' },
    todo: {
      en: 'mend the faults below, the systematic ones first, and upload the whole file again',
      zh: '请先处理成批的错误，修改后重新上报整个文件',
    },
    example: { en: 'all dates are written as 31/12/2026', zh: '所有日期都写成 31/12/2026' },
  },
  'unknown-format': {
    says: {
      en: 'the file is of another format than announced, or its bytes do not say which',
      zh: '文件格式与申报的不符，或无法从内容判断格式',
    },
    todo: {
      en: 'announce the format that the file has (csv, ndjson, xlsx or parquet), or save it as CSV (UTF-8) and upload that',
      zh: '请按文件的实际格式（csv、ndjson、xlsx 或 parquet）申报，或另存为 CSV（UTF-8）后重新上报',
    },
    example: { en: 'an Excel workbook, announced as csv', zh: 'Excel 工作簿，按 csv 申报' },
  },
  unreadable: {
    says: {
      en: 'the file is damaged, or uses a feature of its format that is not taken',
      zh: '文件已损坏，或使用了不支持的格式特性',
    },
    todo: {
      en: 'open it where it was made, save it again without a password and without nested columns, and upload that',
      zh: '请在原软件中打开，去掉密码和嵌套列，重新保存后上报',
    },
    example: { en: 'a workbook that is protected by a password', zh: '设有密码的工作簿' },
  },
  'segment-cut': {
    says: { en: 'a segment does not end where a record ends', zh: '某个分段没有在记录的结尾处结束' },
    todo: {
      en: 'cut the file behind the line break of a record, outside quotes, and upload it again; close quotes that are left open',
      zh: '请在记录末尾的换行之后、引号之外切分文件，并补全未闭合的引号，然后重新上报',
    },
    example: { en: 'the file was cut every 512 MiB, wherever that was', zh: '文件每 512 MiB 切一段，切在了记录中间' },
  },
  'too-large': {
    says: {
      en: 'the file inflates beyond what is taken, or has more keys than one check compares',
      zh: '文件解压后超过允许的大小，或标识数量超过一次校验的上限',
    },
    todo: {
      en: 'send the records as CSV or NDJSON, which are not packed, or fewer of them',
      zh: '请改用不压缩的 CSV 或 NDJSON 上报，或减少记录数',
    },
    example: { en: 'a small archive that unpacks to many gigabytes', zh: '很小的压缩文件，解压后有许多 GB' },
  },
  'no-such-sheet': {
    says: { en: 'the workbook has no sheet of the announced name', zh: '工作簿中没有所申报名称的工作表' },
    todo: {
      en: 'announce a sheet that the workbook has, or none for its first one',
      zh: '请申报工作簿中已有的工作表，或不指定而使用第一张',
    },
    example: { en: 'the sheet “2026” was renamed to “2026 final”', zh: '工作表“2026”已改名为“2026 定稿”' },
  },
  'no-primary-key': {
    says: {
      en: 'changes were announced of a resource that has no primary key',
      zh: '该信息资源没有主键，不能按变更上报',
    },
    todo: {
      en: 'upload the whole content as a snapshot, or publish the definition with a primary key',
      zh: '请以全量方式上报，或在定义中设置主键后重新发布',
    },
    example: { en: 'edits of a list that nothing identifies', zh: '没有唯一标识的清单的变更' },
  },
  'snapshot-needed': {
    says: {
      en: 'the dataset in force was checked against another version of the resource, or there is none to change',
      zh: '现行数据集按信息资源的另一版本校验，或尚无可变更的数据集',
    },
    todo: { en: 'upload a snapshot first, and changes from then on', zh: '请先全量上报一次，之后再上报变更' },
    example: {
      en: 'changes as the first upload after a new version of the definition',
      zh: '定义更新后首次上报即为变更',
    },
  },
  declined: {
    says: {
      en: 'it was held because the number of rows was far from the last one, and its provider refused it',
      zh: '因行数与上次相差过大而暂缓，提供方已决定不接受',
    },
    todo: { en: 'upload the right file', zh: '请上报正确的文件' },
    example: { en: 'half of the districts were missing', zh: '缺少一半区县的数据' },
  },
  superseded: {
    says: { en: 'a newer upload of this resource was accepted meanwhile', zh: '该信息资源已有更新的上报被接受' },
    todo: {
      en: 'nothing, if that one has everything; otherwise upload the newest file again',
      zh: '若较新的上报已完整则无需处理，否则请重新上报最新文件',
    },
    example: { en: 'Tuesday’s file was checked before Monday’s', zh: '周二的文件先于周一的文件完成校验' },
  },
  expired: {
    says: { en: 'the file did not arrive in time', zh: '文件未在期限内送达' },
    todo: { en: 'announce the upload again and send the file at once', zh: '请重新申报并立即发送文件' },
    example: { en: 'an upload was announced and nothing was sent', zh: '申报后没有发送文件' },
  },
};
