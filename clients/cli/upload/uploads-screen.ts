import type { Upload } from '../../../schemas/contracts/uploads.ts';
import { type Lang, type Look } from '../look.ts';
import { count, moment } from '../quantity.ts';
import { table } from '../table.ts';

const heads: Readonly<Record<Lang, readonly [string, string, string, string, string, string, string, string]>> = {
  en: ['upload', 'resource', 'state', 'read', 'rejected', 'dataset', 'announced', 'remark'],
  zh: ['上报编号', '信息资源', '状态', '读入', '退回', '数据版本', '登记时间', '说明'],
};
const none: Readonly<Record<Lang, string>> = { en: 'No uploads.', zh: '没有上报。' };
const mends: Readonly<Record<Lang, string>> = { en: 'fixes', zh: '修正' };

/** Own uploads, a line each. */
export function uploadsScreen(uploads: readonly Upload[], look: Look): string {
  if (uploads.length === 0) return none[look.lang];
  const [upload, resource, state, read, rejected, dataset, announced, remark] = heads[look.lang];
  return table(
    uploads,
    [
      { head: upload, value: ({ uploadId }) => uploadId },
      { head: resource, value: ({ resourceId }) => resourceId, flexible: true },
      { head: state, value: (item) => item.state },
      { head: read, value: ({ rows }) => (rows ? count(rows.read) : ''), right: true },
      { head: rejected, value: ({ rows }) => (rows ? count(rows.rejected) : ''), right: true },
      {
        head: dataset,
        value: ({ datasetVersion }) => (datasetVersion === undefined ? '' : String(datasetVersion)),
        right: true,
      },
      { head: announced, value: ({ announcedAt }) => moment(announcedAt) },
      {
        head: remark,
        value: ({ refusal, fixes }) => refusal?.code ?? (fixes === undefined ? '' : `${mends[look.lang]} ${fixes}`),
      },
    ],
    look,
  );
}
