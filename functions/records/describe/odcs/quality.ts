import { isObject, type Json, note, type Note, quoted } from '../draft.ts';

/** What quality rules of one property come to, as members of a field. */
export interface FromQuality {
  readonly constraints: Record<string, unknown>;
  missingValues?: string[];
}

/** Rules of the library that hold for every record; shares, counts, SQL and tools are not what a field can state. */
export function fieldQuality(rules: unknown, path: string, notes: Note[]): FromQuality {
  const found: FromQuality = { constraints: {} };
  for (const rule of Array.isArray(rules) ? rules.filter(isObject) : []) {
    if (!takeRule(rule, found)) notes.push(note(path, `left out: the quality rule ${nameOf(rule)}${reasonFor(rule)}`));
  }
  return found;
}

function takeRule(rule: Json, found: FromQuality): boolean {
  const args = isObject(rule['arguments']) ? rule['arguments'] : {};
  switch (metricOf(rule)) {
    case 'nullValues':
      return taken(isNone(rule), () => (found.constraints['required'] = true));
    case 'duplicateValues':
      return taken(isNone(rule), () => (found.constraints['unique'] = true));
    case 'invalidValues':
      return taken(isNone(rule), () => Object.assign(found.constraints, validity(rule, args)));
    case 'missingValues': {
      const listed = args['missingValues'];
      if (!Array.isArray(listed)) return taken(isNone(rule), () => (found.constraints['required'] = true));
      found.missingValues = [...new Set(listed.map((value) => (value === null ? '' : String(value))))];
      if (isNone(rule)) found.constraints['required'] = true;
      return true;
    }
    default:
      return false;
  }
}

function taken(holds: boolean, take: () => unknown): boolean {
  if (holds) take();
  return holds;
}

/** The standard's own example has `pattern` beside `arguments`. */
function validity(rule: Json, args: Json): object {
  const pattern = args['pattern'] ?? rule['pattern'];
  const values = args['validValues'] ?? rule['validValues'];
  return { ...(pattern !== undefined && { pattern }), ...(Array.isArray(values) && { enum: values }) };
}

/** `rule` is what 3.0 called the metric. */
function metricOf(rule: Json): string | undefined {
  const metric = rule['metric'] ?? rule['rule'];
  if (metric === 'not_null' || metric === 'nullCheck') return 'nullValues';
  if (metric === 'duplicateCount' || metric === 'unique') return 'duplicateValues';
  return typeof metric === 'string' ? metric : undefined;
}

/** No record may break it: zero rows, zero percent, or (3.0) no operator at all. */
function isNone(rule: Json): boolean {
  const operators = Object.keys(rule).filter((name) => name.startsWith('must'));
  return (
    operators.length === 0 || (operators.length === 1 && (rule['mustBe'] === 0 || rule['mustBeLessOrEqualTo'] === 0))
  );
}

const nameOf = (rule: Json): string => quoted(rule['name'] ?? rule['metric'] ?? rule['rule'] ?? rule['type'] ?? '');

const reasonFor = (rule: Json): string => {
  const type = rule['type'] ?? 'library';
  if (type !== 'library') return ` is of type ${quoted(type)}, which the hub does not run`;
  return Object.keys(rule).some((name) => name.startsWith('must'))
    ? ': the hub judges each record by itself, and the share of bad ones by the tolerance'
    : '';
};

/** `duplicateValues` over several properties, of the whole table. */
export function tableQuality(rules: unknown, notes: Note[]): string[][] {
  return (Array.isArray(rules) ? rules.filter(isObject) : []).flatMap((rule) => {
    const args = isObject(rule['arguments']) ? rule['arguments'] : {};
    const properties = args['properties'];
    const usable = Array.isArray(properties) && properties.every((name) => typeof name === 'string');
    if (metricOf(rule) === 'duplicateValues' && usable && isNone(rule)) return [properties];
    notes.push(note('/schema', `left out: the quality rule ${nameOf(rule)}${reasonFor(rule)}`));
    return [];
  });
}
