import conditionParser, { type ConditionContext } from 'dynalite/db/conditionParser.js';

/** A hub's conditions are a few dozen, with a state, a version or a number in them. */
const MOST = 1000;
const LONGEST = 1000;

/**
 * dynalite parses every condition of every item, while a transaction has the same one a dozen times. What a valid condition
 * became is remembered by its text with the names and values that it mentions; nothing writes to it. Conditions on keys are
 * left out, as each names another item.
 */
export function rememberConditions(): void {
  const parse = conditionParser.parse.bind(conditionParser);
  const known = new Map<string, object>();
  conditionParser.parse = (text, options) => {
    const { context } = options;
    if (context.isKeyCondition) return parse(text, options);
    const mentioned = text.match(/[#:]\w+/g) ?? [];
    const key = JSON.stringify([text, ...mentioned.map((name) => meaningOf(name, context))]);
    const parsed = known.get(key) ?? parse(text, options);
    // A message, of an invalid one.
    if (typeof parsed === 'string') return parsed;
    for (const name of mentioned)
      delete (name.startsWith('#') ? context.unusedAttrNames : context.unusedAttrVals)[name];
    if (known.size >= MOST) known.clear();
    if (key.length <= LONGEST) known.set(key, parsed);
    return parsed;
  };
}

const meaningOf = (name: string, { attrNames, attrVals }: ConditionContext): unknown =>
  (name.startsWith('#') ? attrNames : attrVals)?.[name];
