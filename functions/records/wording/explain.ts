import type { Field } from '../../../schemas/contracts/definition.ts';
import type { UploadRefusal } from '../../../schemas/contracts/uploads.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { ATTACHMENT_RULES } from './attachment-rules.ts';
import { exampleOf } from './example.ts';
import { headerSays, headerTodo } from './header.ts';
import { isKind, KIND_WORDS } from './kinds/index.ts';
import { seemsZh } from './language.ts';
import { OTHER_NAMES, REFUSALS } from './refusals.ts';
import { isRule, type RuleCode, RULES } from './rules.ts';

export interface Explained {
  /** What the definition wants, made from the field: "at most 60 characters". */
  readonly expected: string;
  /** What is the matter: "is too long". */
  readonly fault: string;
  /** What to write or to do, with a value that the field accepts. */
  readonly todo: string;
}

/** Rules whose faults an example shows best. */
const SHOWN_BY_EXAMPLE: ReadonlySet<RuleCode> = new Set([
  'required',
  'type',
  'pattern',
  'enum',
  'gb11714',
  'gb32100',
  'gb11643',
]);

/**
 * A rule in words. One that this version does not know is called by its code.
 * @param field none for a rule of the whole record, or of a key of several fields
 */
export function explainRule(rule: string, field: Field | undefined, language: Language): Explained {
  if (Object.hasOwn(ATTACHMENT_RULES, rule)) {
    const { expected, fault, todo } = ATTACHMENT_RULES[rule as keyof typeof ATTACHMENT_RULES];
    return { expected: expected[language], fault: fault[language], todo: todo[language] };
  }
  if (!isRule(rule)) return { expected: rule, fault: rule, todo: '' };
  const words = RULES[rule];
  const example = field && SHOWN_BY_EXAMPLE.has(rule) ? exampleOf(field) : undefined;
  const todo = words.todo[language];
  return {
    expected: words.expected(field)[language],
    fault: words.fault(field)[language],
    todo: example === undefined ? todo : withExample(todo, example, language),
  };
}

const withExample = (todo: string, example: string, language: Language): string =>
  language === 'zh' ? `${todo}；正确的值如 ${example}` : `${todo}; a good value is ${example}`;

export interface Advice {
  readonly says: string;
  readonly todo: string;
}

/** A kind of fault: "looks like DD/MM/YYYY", and how to mend all values of it. */
export function explainKind(kind: string, language: Language): Advice {
  if (!isKind(kind)) return { says: kind, todo: '' };
  const { like, todo } = KIND_WORDS[kind];
  return { says: language === 'zh' ? seemsZh(like.zh) : `looks like ${like.en}`, todo: todo[language] };
}

export interface ExplainedRefusal extends Advice {
  /** What there is to do, one by one; `todo` has them in one text. */
  readonly acts: readonly string[];
}

/** Why a whole upload was refused. The API's `detail` is English; this says it in either language. */
export function explainRefusal({ code, header }: UploadRefusal, language: Language): ExplainedRefusal {
  const { says, todo } = REFUSALS[code];
  const changes = header ? headerTodo(header).map((act) => act[language]) : [];
  const acts = changes.length > 0 ? changes : [todo[language]];
  const colon = language === 'zh' ? '：' : ': ';
  const reason = header ? OTHER_NAMES[language] + colon + headerSays(header)[language] : says[language];
  return { says: reason, todo: acts.join(language === 'zh' ? '；' : '; '), acts };
}
