import type { HeaderFindings } from '../../../schemas/contracts/uploads.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { OP_COLUMN } from '../header/op.ts';

const DELIMITER_NAMES: Readonly<Record<string, Words>> = {
  '\t': { en: 'a tab', zh: '制表符' },
  ';': { en: 'a semicolon', zh: '分号' },
  '|': { en: 'a vertical bar', zh: '竖线' },
  '，': { en: 'a full-width comma', zh: '全角逗号' },
  '；': { en: 'a full-width semicolon', zh: '全角分号' },
};

const lists = (names: readonly string[]): Words => ({ en: names.join(', '), zh: names.join('、') });
const when = (names: readonly string[] | undefined, make: (names: Words) => Words): Words[] =>
  names && names.length > 0 ? [make(lists(names))] : [];

/** What the file needs and what it has: "needs org_code, name, phone (optional); has code, name". */
export function headerSays({ needed, found, noHeader }: HeaderFindings): Words {
  const wanted = {
    en: needed.map(({ name, required }) => (required ? name : `${name} (optional)`)).join(', '),
    zh: needed.map(({ name, required }) => (required ? name : `${name}（可选）`)).join('、'),
  };
  const has = lists(found.map((name) => (name === '' ? '""' : name)));
  if (noHeader && found.length === 0) {
    return {
      en: `needs ${wanted.en}; its first line names none of these`,
      zh: `需要 ${wanted.zh}；首行中没有其中任何一个`,
    };
  }
  return { en: `needs ${wanted.en}; has ${has.en}`, zh: `需要 ${wanted.zh}；现有 ${has.zh}` };
}

/** One act a line: "rename Name to name". */
export function headerTodo(findings: HeaderFindings): Words[] {
  const { missing, unknown, repeated, renames, notInDataset, delimiter, noHeader } = findings;
  const separated = delimiter === undefined ? undefined : DELIMITER_NAMES[delimiter];
  if (separated)
    return [
      {
        en: `separate the cells with commas: now ${separated.en} separates them`,
        zh: `请用英文逗号分隔单元格：现在用的是${separated.zh}`,
      },
    ];
  const from = new Set(renames.map((rename) => rename.from));
  const to = new Set(renames.map((rename) => rename.to));
  const edits = unknown.includes(OP_COLUMN);
  const fixFile = unknown.filter((name) => /^_*errors$/.test(name));
  return [
    ...(noHeader
      ? [{ en: 'begin the file with a header row that names its fields', zh: '请在文件首行写上各字段名' }]
      : []),
    ...renames.map((rename) => ({
      en: `rename ${rename.from} to ${rename.to}`,
      zh: `将 ${rename.from} 改名为 ${rename.to}`,
    })),
    ...when(noHeader ? [] : missing.filter((name) => !to.has(name)), ({ en, zh }) => ({
      en: `add ${en}`,
      zh: `补上 ${zh}`,
    })),
    ...when(fixFile, ({ en, zh }) => ({
      en: `upload a mended fix-file as the fixes of its upload: that leaves out its column ${en}`,
      zh: `修正文件请作为原上报的修正（fixes）上报，其 ${zh} 列会被忽略`,
    })),
    ...(edits
      ? [
          {
            en: `announce a file of edits as changes: only these have a column ${OP_COLUMN}`,
            zh: `增量文件请按 changes 上报：只有增量文件才有 ${OP_COLUMN} 列`,
          },
        ]
      : []),
    ...when(
      noHeader
        ? []
        : unknown.filter((name) => name !== '' && name !== OP_COLUMN && !from.has(name) && !fixFile.includes(name)),
      ({ en, zh }) => ({ en: `remove ${en}, which the resource does not have`, zh: `删除信息资源中没有的 ${zh}` }),
    ),
    ...(unknown.includes('')
      ? [{ en: 'name the column without a name, or remove it', zh: '为没有名称的列命名，或删除该列' }]
      : []),
    ...when(repeated, ({ en, zh }) => ({ en: `keep only one column ${en}`, zh: `${zh} 只保留一列` })),
    ...when(notInDataset, ({ en, zh }) => ({
      en: `remove ${en}, which the dataset that these records join does not have, or upload the whole file`,
      zh: `删除 ${zh}（所并入的数据集中没有该列），或上报整个文件`,
    })),
  ];
}
