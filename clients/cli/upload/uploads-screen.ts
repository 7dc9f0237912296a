import type { Upload } from '../../../schemas/contracts/uploads.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { count, moment } from '../../words/quantity.ts';
import { type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';
import { totalsOf } from './verdict/verdict-view.ts';

const heads: Readonly<
  Record<Language, readonly [string, string, string, string, string, string, string, string, string]>
> = {
  en: ['upload', 'resource', 'state', 'read', 'rejected', 'warnings', 'dataset', 'announced', 'remark'],
  zh: ['上报编号', '信息资源', '状态', '读入', '退回', '提示', '数据版本', '登记时间', '说明'],
};
const none: Readonly<Record<Language, string>> = { en: 'No uploads.', zh: '没有上报。' };
const edits: Readonly<Record<Language, string>> = { en: 'changes', zh: '变更' };
const mends: Readonly<Record<Language, string>> = { en: 'fixes', zh: '修正' };

/** Own uploads, a line each. */
export function uploadsScreen({ items }: { readonly items: readonly Upload[] }, look: Look): string {
  if (items.length === 0) return none[look.lang];
  const [upload, resource, state, read, rejected, warnings, dataset, announced, remark] = heads[look.lang];
  return table(
    items,
    [
      { head: upload, value: ({ uploadId }) => uploadId, id: true },
      { head: resource, value: ({ resourceId }) => resourceId, flexible: true },
      { head: state, value: (item) => item.state },
      { head: read, value: ({ rows }) => (rows ? count(rows.read) : ''), right: true },
      { head: rejected, value: ({ rows }) => (rows ? count(rows.rejected) : ''), right: true },
      { head: warnings, value: (item) => warningsIn(item), right: true },
      {
        head: dataset,
        value: ({ datasetVersion }) => (datasetVersion === undefined ? '' : String(datasetVersion)),
        right: true,
      },
      { head: announced, value: ({ announcedAt }) => moment(announcedAt) },
      {
        head: remark,
        value: (item) => remarkOn(item, look),
      },
    ],
    look,
  );
}

const warningsIn = ({ rows, violations = [] }: Upload): string =>
  rows ? count(totalsOf({ violations }).warnings) : '';

function remarkOn({ refusal, fixes, content }: Upload, { lang }: Look): string {
  if (refusal) return refusal.code;
  if (fixes !== undefined) return `${mends[lang]} ${fixes}`;
  return content === 'changes' ? edits[lang] : '';
}
