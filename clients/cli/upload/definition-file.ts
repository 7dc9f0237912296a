import { definitionProblems } from '../../../functions/records/index.ts';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { PublishBody } from '../../../schemas/contracts/resources.ts';
import { RefusedError } from '../../protocol/hub-client.ts';
import { readJson } from '../json-file.ts';

/** A definition from a file, as `hub publish` takes it; its faults are told as the hub would tell them. */
export async function definitionFrom(file: string): Promise<ResourceDefinition> {
  const parsed = PublishBody.safeParse(await readJson(file));
  if (!parsed.success) throw invalid(file, parsed.error.issues.flatMap(asViolations));
  const { breaking: _breaking, graceDays: _graceDays, ...definition } = parsed.data;
  const problems = definitionProblems(definition);
  if (problems.length > 0) throw invalid(file, problems);
  return definition;
}

type Issue = Parameters<
  Parameters<NonNullable<ReturnType<typeof PublishBody.safeParse>['error']>['issues']['map']>[0]
>[0];

function asViolations(issue: Issue): Violation[] {
  const path = issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (issue.code !== 'unrecognized_keys') return [{ path, rule: issue.code, message: issue.message }];
  return issue.keys.map((key) => ({
    path: `${path}/${key}`,
    rule: 'unknown-property',
    message: 'there is no such property',
  }));
}

const invalid = (file: string, violations: Violation[]): RefusedError =>
  new RefusedError({
    type: 'urn:exchange-hub:problem:invalid-definition',
    title: 'Invalid definition',
    status: 422,
    code: 'invalid-definition',
    detail: `${file} cannot be used as it is: mend it at the places named.`,
    violations,
  });
