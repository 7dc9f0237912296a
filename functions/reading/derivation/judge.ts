import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Derivation } from '../../../schemas/contracts/derivation.ts';
import type { Lineage } from '../../../schemas/contracts/derivations.ts';
import { pointerOf, type Violation } from '../../../schemas/contracts/problem.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { checkStatement, type CheckedStatement, type Parse } from './check-statement.ts';
import { inheritedTerms } from './inheritance/inherited.ts';
import { definitionProblems, inputProblems } from './inheritance/problems.ts';
import { inputsOf } from './lineage/lineage.ts';
import { inputTerms, rightTo, statementInput, type FoundInput, type InputInUse } from './rights.ts';

export type DerivedDefinition = ResourceDefinition & { readonly derivation: Derivation };

/** UTF-8 bytes of a lineage as JSON: it is one stored item beside its version. */
export const MAX_LINEAGE_BYTES = 300_000;

/** What a derivation reads, by the names of its statement. */
export type FoundInputs = readonly (readonly [name: string, found: FoundInput | undefined])[];

export interface JudgedDerivation extends CheckedStatement {
  readonly inputs: readonly (readonly [name: string, input: InputInUse])[];
}

/**
 * Whether a resource may be made in this way: its owner has every input, or had it once; the statement is allowed, gives
 * the fields of the schema, and nothing is shared more freely than what it is made of.
 *
 * @param today `YYYY-MM-DD`, in the hub's time zone
 * @param lost whether an input may be one that the owner has no more: in a run, not in a publication
 */
export async function judgeDerivation(
  definition: DerivedDefinition,
  found: FoundInputs,
  { today, parse, lost }: { readonly today: string; readonly parse: Parse; readonly lost: boolean },
): Promise<Outcome<JudgedDerivation, 'invalid-derivation'>> {
  const inputs: (readonly [string, InputInUse])[] = [];
  const unheld: Violation[] = [];
  for (const [name, input] of found) {
    const right = rightTo(input, definition.provider, today);
    if (!input || right.kind === 'none' || (right.kind === 'lost' && !lost)) unheld.push(notGranted(name));
    else inputs.push([name, { ...input, right }]);
  }
  const violations = [...unheld, ...keyProblems(definition)];
  if (violations.length > 0) return refuse('invalid-derivation', { violations });
  const checked = await checkStatement(
    definition.derivation.sql,
    Object.fromEntries(inputs.map(([name, input]) => [name, statementInput(input)])),
    parse,
  );
  if (!checked.ok) return checked;
  const { lineage } = checked.value;
  const terms = Object.fromEntries(inputs.map(([name, input]) => [name, inputTerms(input)]));
  const problems = [
    ...inputProblems(terms, inputsOf(lineage)),
    ...definitionProblems(definition, inheritedTerms(lineage, terms, definition.derivation)),
    ...sizeProblems(lineage),
  ];
  return problems.length > 0
    ? refuse('invalid-derivation', { violations: problems })
    : done({ ...checked.value, inputs });
}

/** One that does not exist, one that others have and one that was withdrawn are told alike. */
const notGranted = (name: string): Violation => ({
  path: pointerOf(['derivation', 'inputs', name, 'resourceId']),
  rule: 'not-granted',
  message:
    'it is neither yours nor delivered to you by an agreement in force: file one that says reshare: derived, or leave it out',
});

/** What entered is known by its key. */
const keyProblems = ({ derivation, schema }: DerivedDefinition): Violation[] =>
  derivation.notify === 'entering' && !schema.primaryKey
    ? [
        {
          path: '/derivation/notify',
          rule: 'no-primary-key',
          message: 'records that enter are told apart by the primary key: state one in the schema',
        },
      ]
    : [];

const sizeProblems = (lineage: Lineage): Violation[] =>
  new TextEncoder().encode(JSON.stringify(lineage)).length > MAX_LINEAGE_BYTES
    ? [
        {
          path: '/derivation/sql',
          rule: 'statement-size',
          message: `what its fields come from takes more than ${MAX_LINEAGE_BYTES} bytes of JSON: make it of several derived resources`,
        },
      ]
    : [];
