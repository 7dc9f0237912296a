import type { Condition, ConditionKey, Statement } from './document.ts';
import { matches } from './wildcard.ts';

export interface Request {
  readonly action: string;
  readonly resource: string;
  /** What is known of the caller and the call; a key that is absent fails every positive condition on it. */
  readonly context: Partial<Record<ConditionKey, string>>;
}

export type Decision = 'allowed' | 'explicit-deny' | 'implicit-deny';

/** A Deny beats every Allow; without an Allow it is denied (IAM User Guide, "Policy evaluation logic"). */
export function decide(statements: readonly Statement[], request: Request): Decision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'explicit-deny';
  return applying.length > 0 ? 'allowed' : 'implicit-deny';
}

/** Whether action, resource and conditions of a statement are about this request; its principal is not looked at. */
export const applies = (statement: Statement, request: Request): boolean =>
  actionApplies(statement, request.action) &&
  resourceApplies(statement, request.resource) &&
  conditionHolds(statement.Condition ?? {}, request.context);

/** Names of actions do not differ by case. */
function actionApplies({ Action, NotAction }: Statement, action: string): boolean {
  const named = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  return Action ? named(Action) : NotAction !== undefined && !named(NotAction);
}

function resourceApplies({ Resource, NotResource }: Statement, resource: string): boolean {
  const named = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, resource));
  return Resource ? named(Resource) : NotResource === undefined || !named(NotResource);
}

type Operator = keyof Condition;

const operators: Readonly<Record<Operator, (pattern: string, value: string) => boolean>> = {
  Bool: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
  StringEquals: (pattern, value) => pattern === value,
  StringNotEquals: (pattern, value) => pattern === value,
  StringLike: matches,
  ArnEquals: matches,
  ArnLike: matches,
  NumericLessThan: (pattern, value) => Number(value) < Number(pattern),
  Null: (pattern) => pattern.toLowerCase() === 'false',
};

/** All operators and keys together; of several values any one. */
function conditionHolds(condition: Condition, context: Request['context']): boolean {
  return (Object.keys(condition) as Operator[]).every((operator) =>
    Object.entries(condition[operator] ?? {}).every(([key, patterns]) => {
      const value = context[key as ConditionKey];
      if (operator === 'Null' && value === undefined) return patterns.includes('true');
      const equal = value !== undefined && patterns.some((pattern) => operators[operator](pattern, value));
      return operator === 'StringNotEquals' ? !equal : equal;
    }),
  );
}
