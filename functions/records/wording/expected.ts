import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { FALSE_VALUES, TRUE_VALUES } from '../types/boolean.ts';
import { formatOf } from '../types/temporal.ts';
import { exampleOf } from './example.ts';

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
  return {
    en: named.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    zh: named.join('、') + (more > 0 ? ` 等 ${values.length} 个值` : ''),
  };
}

const asIn = (en: string, zh: string, example: string | undefined): Words =>
  example === undefined ? { en: en, zh: zh } : { en: `${en} as ${example}`, zh: `${zh}，如 ${example}` };

/** What a value of the field's type looks like: "a date as 2026-12-31". */
export function expectedType(field: Field): Words {
  const example = exampleOf({ ...field, constraints: {}, categories: undefined, check: undefined, example: undefined });
  const { en, zh } = typeName(field);
  if (field.type === 'boolean') {
    const values = listed([...(field.trueValues ?? TRUE_VALUES), ...(field.falseValues ?? FALSE_VALUES)]);
    return { en: `one of ${values.en}`, zh: `以下之一：${values.zh}` };
  }
  return asIn(en, zh, example);
}

const STRINGS: Readonly<Record<string, Words>> = {
  email: { en: 'an e-mail address', zh: '电子邮件地址' },
  uri: { en: 'a URI', zh: 'URI（网址）' },
  binary: { en: 'Base64 text', zh: 'Base64 文本' },
  uuid: { en: 'a UUID', zh: 'UUID' },
};

const TYPES: Readonly<Record<Field['type'], Words>> = {
  string: { en: 'text', zh: '文本' },
  any: { en: 'a value', zh: '值' },
  integer: { en: 'a whole number', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: '是非值' },
  date: { en: 'a date', zh: '日期' },
  datetime: { en: 'a date and time', zh: '日期时间' },
  time: { en: 'a time', zh: '时间' },
  year: { en: 'a year', zh: '年份' },
  yearmonth: { en: 'a year and month', zh: '年月' },
  geopoint: { en: 'a point, longitude first,', zh: '坐标点（经度在前）' },
  geojson: { en: 'GeoJSON', zh: 'GeoJSON' },
};

export function typeName({ type, format }: Pick<Field, 'type' | 'format'>): Words {
  if (type === 'string') return STRINGS[format ?? ''] ?? TYPES.string;
  return type === 'geojson' && formatOf(format) === 'topojson' ? { en: 'TopoJSON', zh: 'TopoJSON' } : TYPES[type];
}

/** `\d{9}` is "9 digits"; other patterns speak for themselves, with an example where one can be made. */
export function expectedPattern(field: Field): Words {
  const pattern = field.constraints?.pattern ?? '';
  const digits = /^\^?\\d\{(\d+)(?:,(\d*))?\}\$?$/.exec(pattern) ?? /^\^?\[0-9\]\{(\d+)(?:,(\d*))?\}\$?$/.exec(pattern);
  if (digits) return counted(digits[1] ?? '', digits[2]);
  return asIn(`a value that matches ${shown(pattern)}`, `符合格式 ${shown(pattern)}`, exampleOf(field));
}

function counted(least: string, most: string | undefined): Words {
  if (most === undefined || most === least) return { en: `${least} digits`, zh: `${least} 位数字` };
  if (most === '') return { en: `at least ${least} digits`, zh: `至少 ${least} 位数字` };
  return { en: `${least} to ${most} digits`, zh: `${least} 至 ${most} 位数字` };
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
  return { en: `one of ${en}`, zh: `以下之一：${zh}` };
}

type BoundName = 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum';
const BOUNDS: Readonly<Record<BoundName, (bound: string) => Words>> = {
  minimum: (bound) => ({ en: `at least ${bound}`, zh: `不小于 ${bound}` }),
  exclusiveMinimum: (bound) => ({ en: `more than ${bound}`, zh: `大于 ${bound}` }),
  maximum: (bound) => ({ en: `at most ${bound}`, zh: `不大于 ${bound}` }),
  exclusiveMaximum: (bound) => ({ en: `less than ${bound}`, zh: `小于 ${bound}` }),
};
const TIMES: Readonly<Record<BoundName, (bound: string) => Words>> = {
  minimum: (bound) => ({ en: `${bound} or later`, zh: `${bound} 或之后` }),
  exclusiveMinimum: (bound) => ({ en: `later than ${bound}`, zh: `晚于 ${bound}` }),
  maximum: (bound) => ({ en: `${bound} or earlier`, zh: `${bound} 或之前` }),
  exclusiveMaximum: (bound) => ({ en: `earlier than ${bound}`, zh: `早于 ${bound}` }),
};

/** Both bounds of one side, if there are two. */
export function expectedBound({ type, constraints }: Field, names: readonly BoundName[]): Words {
  const words = type === 'integer' || type === 'number' ? BOUNDS : TIMES;
  const parts = names.flatMap((name) => {
    const bound = constraints?.[name];
    return bound === undefined ? [] : [words[name](shown(bound))];
  });
  return { en: parts.map(({ en }) => en).join(' and '), zh: parts.map(({ zh }) => zh).join(' 且') };
}
