import { definitionProblems } from '../../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import { pointerOf, type Violation } from '../../../../schemas/contracts/problem.ts';
import { PublishBody } from '../../../../schemas/contracts/resources.ts';
import { textFaults } from '../../../../schemas/contracts/text-faults.ts';
import { RefusedError } from '../../../protocol/refused.ts';
import { readJson } from '../../terminal/json-file.ts';

/** A definition from a file, as `hub publish` takes it; its faults are told as the hub would tell them. */
export async function definitionFrom(file: string): Promise<ResourceDefinition> {
  const content = await readJson(file);
  const parsed = PublishBody.safeParse(content);
  if (!parsed.success) throw invalid(file, parsed.error.issues.flatMap(asViolations));
  const { breaking: _breaking, graceDays: _graceDays, ...definition } = parsed.data;
  const problems = [...textFaults(PublishBody, content), ...definitionProblems(definition)];
  if (problems.length > 0) throw invalid(file, problems);
  return definition;
}

type Issue = Parameters<
  Parameters<NonNullable<ReturnType<typeof PublishBody.safeParse>['error']>['issues']['map']>[0]
>[0];

function asViolations(issue: Issue): Violation[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ path: pointerOf(issue.path), rule: issue.code, message: issue.message }];
  return issue.keys.map((key) => ({
    path: pointerOf([...issue.path, key]),
    rule: 'unknown-property',
    message: 'there is no such property',
  }));
}

/** As the hub would refuse it, with the file in its place. */
export const invalid = (file: string, violations: Violation[]): RefusedError =>
  new RefusedError({
    type: 'urn:exchange-hub:problem:invalid-definition',
    title: 'Invalid definition',
    status: 422,
    code: 'invalid-definition',
    detail: `${file} cannot be used as it is: mend it at the places named.`,
    violations,
  });
