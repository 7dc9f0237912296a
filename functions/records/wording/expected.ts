import type { Field } from '../../../schemas/contracts/definition.ts';
import { FALSE_VALUES, TRUE_VALUES } from '../types/boolean.ts';
import { formatOf } from '../types/temporal.ts';
import { exampleOf } from './example.ts';
import { both, type Words } from './language.ts';

/** Values of a list that a sentence names. */
const MAX_NAMED = 10;
const MAX_VALUE = 60;

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > MAX_VALUE ? `${Array.from(text).slice(0, MAX_VALUE).join('')}…` : text;
};

function listed(values: readonly unknown[]): Words {
  const named = values.slice(0, MAX_NAMED).map(shown);
  const more = values.length - named.length;
  return both(
    named.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    named.join('、') + (more > 0 ? ` 等 ${values.length} 个值` : ''),
  );
}

const asIn = (en: string, zh: string, example: string | undefined): Words =>
  example === undefined ? both(en, zh) : both(`${en} as ${example}`, `${zh}，如 ${example}`);

/** What a value of the field's type looks like: "a date as 2026-12-31". */
export function expectedType(field: Field): Words {
  const example = exampleOf({ ...field, constraints: {}, categories: undefined, check: undefined, example: undefined });
  const { en, zh } = typeName(field);
  if (field.type === 'boolean') {
    const values = listed([...(field.trueValues ?? TRUE_VALUES), ...(field.falseValues ?? FALSE_VALUES)]);
    return both(`one of ${values.en}`, `以下之一：${values.zh}`);
  }
  return asIn(en, zh, example);
}

const STRINGS: Readonly<Record<string, Words>> = {
  email: both('an e-mail address', '电子邮件地址'),
  uri: both('a URI', 'URI（网址）'),
  binary: both('Base64 text', 'Base64 文本'),
  uuid: both('a UUID', 'UUID'),
};

const TYPES: Readonly<Record<Field['type'], Words>> = {
  string: both('text', '文本'),
  any: both('a value', '值'),
  integer: both('a whole number', '整数'),
  number: both('a number', '数字'),
  boolean: both('true or false', '是非值'),
  date: both('a date', '日期'),
  datetime: both('a date and time', '日期时间'),
  time: both('a time', '时间'),
  year: both('a year', '年份'),
  yearmonth: both('a year and month', '年月'),
  geopoint: both('a point, longitude first,', '坐标点（经度在前）'),
  geojson: both('GeoJSON', 'GeoJSON'),
};

export function typeName({ type, format }: Pick<Field, 'type' | 'format'>): Words {
  if (type === 'string') return STRINGS[format ?? ''] ?? TYPES.string;
  return type === 'geojson' && formatOf(format) === 'topojson' ? both('TopoJSON', 'TopoJSON') : TYPES[type];
}

/** `\d{9}` is "9 digits"; other patterns speak for themselves, with an example where one can be made. */
export function expectedPattern(field: Field): Words {
  const pattern = field.constraints?.pattern ?? '';
  const digits = /^\^?\\d\{(\d+)(?:,(\d*))?\}\$?$/.exec(pattern) ?? /^\^?\[0-9\]\{(\d+)(?:,(\d*))?\}\$?$/.exec(pattern);
  if (digits) return counted(digits[1] ?? '', digits[2]);
  return asIn(`a value that matches ${shown(pattern)}`, `符合格式 ${shown(pattern)}`, exampleOf(field));
}

function counted(least: string, most: string | undefined): Words {
  if (most === undefined || most === least) return both(`${least} digits`, `${least} 位数字`);
  if (most === '') return both(`at least ${least} digits`, `至少 ${least} 位数字`);
  return both(`${least} to ${most} digits`, `${least} 至 ${most} 位数字`);
}

/** An enum is a subset of the categories: what is left is named. */
export function expectedList({ constraints, categories }: Field): Words {
  const labels = new Map(
    (categories ?? []).map((category) =>
      typeof category === 'object' ? [String(category.value), category.label] : [String(category), undefined],
    ),
  );
  const values: readonly unknown[] = constraints?.enum ?? [...labels.keys()];
  const named = values.map((value) => {
    const label = labels.get(String(value));
    return label === undefined ? value : `${shown(value)} (${label})`;
  });
  const { en, zh } = listed(named);
  return both(`one of ${en}`, `以下之一：${zh}`);
}

type BoundName = 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum';
const BOUNDS: Readonly<Record<BoundName, (bound: string) => Words>> = {
  minimum: (bound) => both(`at least ${bound}`, `不小于 ${bound}`),
  exclusiveMinimum: (bound) => both(`more than ${bound}`, `大于 ${bound}`),
  maximum: (bound) => both(`at most ${bound}`, `不大于 ${bound}`),
  exclusiveMaximum: (bound) => both(`less than ${bound}`, `小于 ${bound}`),
};
const TIMES: Readonly<Record<BoundName, (bound: string) => Words>> = {
  minimum: (bound) => both(`${bound} or later`, `${bound} 或之后`),
  exclusiveMinimum: (bound) => both(`later than ${bound}`, `晚于 ${bound}`),
  maximum: (bound) => both(`${bound} or earlier`, `${bound} 或之前`),
  exclusiveMaximum: (bound) => both(`earlier than ${bound}`, `早于 ${bound}`),
};

/** Both bounds of one side, if there are two. */
export function expectedBound({ type, constraints }: Field, names: readonly BoundName[]): Words {
  const words = type === 'integer' || type === 'number' ? BOUNDS : TIMES;
  const parts = names.flatMap((name) => {
    const bound = constraints?.[name];
    return bound === undefined ? [] : [words[name](shown(bound))];
  });
  return both(parts.map(({ en }) => en).join(' and '), parts.map(({ zh }) => zh).join(' 且'));
}
