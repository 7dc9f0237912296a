import type { Sensitivity } from '../../../../schemas/contracts/definition.ts';
import type { Mask } from '../../../../schemas/contracts/terms.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { pointer } from '../terms/pointer.ts';
import { clause, fieldOf, labelOf, quoted, type Clause, type Reading } from './clause.ts';

const sensitivities: Readonly<Record<Sensitivity, Words>> = {
  public: { zh: '公开信息', en: 'public information' },
  internal: { zh: '内部信息，仅限部门之间使用', en: 'internal information, for departments only' },
  personal: { zh: '个人信息', en: 'personal information' },
  sensitive: { zh: '敏感信息', en: 'sensitive information' },
};

const masks: Readonly<Record<Mask, Words>> = {
  last4: {
    zh: '只显示最后四个字符，其余以星号代替',
    en: 'only the last four characters are shown, stars stand for the rest',
  },
  first1: { zh: '只显示第一个字符，其余以星号代替', en: 'only the first character is shown, stars stand for the rest' },
  hide: { zh: '全部以星号代替，不显示任何字符', en: 'stars stand for the whole value' },
};

/** Not the name is given but a reference, and by it the picture. */
const PICTURE: Words = {
  zh: '，随附图片（如照片），凭记录中的引用逐一获取',
  en: ', with the picture that it names, which is fetched one by one by the reference in the record',
};

/** What is given: each field in its order, what becomes of its values, and why a sensitive one is needed. */
export function fieldClauses(reading: Reading): Clause[] {
  const { terms } = reading.version;
  const none = { zh: '不提供任何信息项的内容。', en: 'No item of a record is given.' };
  const named = new Set([...terms.fields, ...Object.keys(terms.mask), ...Object.keys(terms.justification ?? {})]);
  return [
    ...(terms.fields.length === 0 ? [clause('/terms/fields', none)] : []),
    ...[...named].flatMap((name) => [
      ...givenClause(name, reading),
      ...maskClause(name, reading),
      ...reasonClause(name, reading),
    ]),
  ];
}

function givenClause(name: string, { version, definition }: Reading): Clause[] {
  const at = version.terms.fields.indexOf(name);
  if (at < 0) return [];
  const label = labelOf(name, definition);
  const field = fieldOf(name, definition.schema.fields);
  const is = sensitivities[field?.sensitivity ?? 'internal'];
  const isPicture = field?.reference !== undefined && !Object.hasOwn(version.terms.mask, name);
  const picture = isPicture ? PICTURE : { zh: '', en: '' };
  return [
    clause(`/terms/fields/${at}`, {
      zh: `第 ${at + 1} 项：${label.zh}，${is.zh}${picture.zh}。`,
      en: `Item ${at + 1}: ${label.en}, ${is.en}${picture.en}.`,
    }),
  ];
}

function maskClause(name: string, { version: { terms }, definition }: Reading): Clause[] {
  const mask = Object.hasOwn(terms.mask, name) ? terms.mask[name] : undefined;
  if (mask === undefined) return [];
  const label = labelOf(name, definition);
  const does = masks[mask];
  return [
    clause(`/terms/mask/${pointer(name)}`, {
      zh: `${label.zh}脱敏后提供：${does.zh}。`,
      en: `${label.en} is masked: ${does.en}.`,
    }),
  ];
}

function reasonClause(name: string, { version: { terms }, definition }: Reading): Clause[] {
  const reasons = terms.justification ?? {};
  const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  if (reason === undefined) return [];
  const label = labelOf(name, definition);
  return [
    clause(`/terms/justification/${pointer(name)}`, {
      zh: `使用方需要${label.zh}原值的理由：${quoted(reason)}。`,
      en: `Why the consumer needs ${label.en} as it is: ${quoted(reason)}.`,
    }),
  ];
}
