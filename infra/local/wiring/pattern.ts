import { isObject, type Json, type JsonObject } from '../template/json.ts';
import { TemplateFault } from '../template/fault.ts';

/** Whether an event matches; made once from a pattern, which is checked then. */
export type Matcher = (event: Json) => boolean;
type Test = (value: Json | undefined) => boolean;

/**
 * Event patterns of EventBridge and of event source mappings: every field named must match, one of the values of a
 * list is enough (EventBridge User Guide, "Creating EventBridge event patterns").
 * @throws TemplateFault for a comparison that is not implemented.
 */
export function matcherOf(pattern: Json): Matcher {
  if (!isObject(pattern)) throw new TemplateFault(`an event pattern is an object, not ${JSON.stringify(pattern)}`);
  const { $or: alternatives, ...fields } = pattern;
  const members = Object.entries(fields).map(
    ([name, member]) => [name, Array.isArray(member) ? leaf(member) : nested(member)] as const,
  );
  const either = alternatives === undefined ? [] : (alternatives as readonly Json[]).map(matcherOf);
  return (event) => {
    const object: JsonObject = isObject(event) ? event : {};
    return (
      members.every(([name, test]) => test(object[name])) &&
      (either.length === 0 || either.some((matcher) => matcher(event)))
    );
  };
}

/** A list within the event is searched: any of its items may match. */
function nested(pattern: Json): Test {
  const matcher = matcherOf(pattern);
  return (value) => (Array.isArray(value) ? value.some(matcher) : matcher(value ?? null));
}

function leaf(alternatives: readonly Json[]): Test {
  const tests = alternatives.map(comparison);
  return (value) => tests.some((test) => test(value));
}

/** Any item of a list value; an absent value is asked about once. */
const anyOf =
  (test: (value: Json) => boolean): Test =>
  (value) =>
    value !== undefined && (Array.isArray(value) ? value.some(test) : test(value));

function comparison(wanted: Json): Test {
  if (!isObject(wanted)) return anyOf((value) => value === wanted);
  const [[name, argument] = ['', null], ...others] = Object.entries(wanted);
  const make = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (!make || others.length > 0)
    throw new TemplateFault(`the local hub does not know the event pattern ${JSON.stringify(wanted)}`);
  return make(argument);
}

const textTest =
  (name: string, compare: (value: string, argument: string) => boolean) =>
  (argument: Json): Test => {
    if (typeof argument !== 'string')
      throw new TemplateFault(`the local hub knows ${name} with a text only, not ${JSON.stringify(argument)}`);
    return anyOf((value) => typeof value === 'string' && compare(value, argument));
  };

const prefix = textTest('prefix', (value, argument) => value.startsWith(argument));
const suffix = textTest('suffix', (value, argument) => value.endsWith(argument));
const equalsIgnoreCase = textTest(
  'equals-ignore-case',
  (value, argument) => value.toLowerCase() === argument.toLowerCase(),
);

const comparisons: Readonly<Record<string, (argument: Json) => Test>> = {
  prefix,
  suffix,
  'equals-ignore-case': equalsIgnoreCase,
  wildcard: textTest('wildcard', wildcard),
  exists: (argument) => (value) => (value !== undefined) === (argument === true),
  'anything-but': anythingBut,
  numeric,
};

function anythingBut(argument: Json): Test {
  const excluded = isObject(argument)
    ? [comparison(argument)]
    : (Array.isArray(argument) ? argument : [argument]).map(comparison);
  return anyOf((value) => !excluded.some((test) => test(value)));
}

const relations: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function numeric(argument: Json): Test {
  const parts = Array.isArray(argument) ? argument : [];
  const tests = parts.flatMap((operator, position) =>
    position % 2 === 0 ? [[relations[String(operator)], parts[position + 1]] as const] : [],
  );
  if (tests.length === 0 || tests.some(([relation, bound]) => !relation || typeof bound !== 'number')) {
    throw new TemplateFault(`not a numeric pattern: ${JSON.stringify(argument)}`);
  }
  return anyOf(
    (value) => typeof value === 'number' && tests.every(([relation, bound]) => relation?.(value, bound as number)),
  );
}

/** `*` is any text; pieces are found from left to right, so the time is linear. */
function wildcard(value: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return value === pattern;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = value.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= value.length - last.length;
}
