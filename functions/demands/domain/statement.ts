import type { DemandBody } from '../../../schemas/contracts/demands.ts';
import type { DemandId, DepartmentId, ThemeId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { findDepartment } from '../../../schemas/registry/departments.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { obtainable, type Obtainable } from './match.ts';

export interface Statement {
  readonly demandId: DemandId;
  readonly demander: DepartmentId;
  readonly themeId?: ThemeId;
  readonly body: DemandBody;
  /** The resource that the body names, if the catalog has it. */
  readonly resource: Obtainable | undefined;
  readonly at: string;
}

/** UTF-8 bytes of JSON: a demand is one stored item (DynamoDB holds 400 KB an item), to which those asked may add 240 KB of reasons. */
const MAX_DEMAND_BYTES = 100_000;

/** A need of a department, as it first says it; matched from the start where it knows the resource. */
export function stateDemand(statement: Statement): Outcome<StoredDemand, 'invalid-demand'> {
  const { demandId, demander, themeId, body, resource, at } = statement;
  const violations = [
    ...contentProblems(body),
    ...sizeProblems(body),
    ...askedProblems(body, demander),
    ...resourceProblems(statement),
  ];
  if (violations.length > 0) return refuse('invalid-demand', { violations });
  const { resourceId: _named, ...needed } = body;
  return done({
    demandId,
    ...(themeId !== undefined && { themeId }),
    demander,
    ...needed,
    state: resource ? 'matched' : 'open',
    statedAt: at,
    changedAt: at,
    ...(resource && {
      match: { resourceId: resource.resourceId, provider: resource.provider, by: demander, at },
    }),
    declines: [],
  });
}

function contentProblems({ fields, description, resourceId }: DemandBody): Violation[] {
  const repeated = fields.flatMap(({ name }, index) =>
    fields.findIndex((field) => field.name === name) < index
      ? [{ path: `/fields/${index}/name`, rule: 'repeated-field', message: 'name each field once' }]
      : [],
  );
  return fields.length > 0 || description !== undefined || resourceId !== undefined
    ? repeated
    : [{ path: '', rule: 'nothing-said', message: 'say what is needed: fields, a description, or a resource' }];
}

const sizeProblems = (body: DemandBody): Violation[] =>
  new TextEncoder().encode(JSON.stringify(body)).length > MAX_DEMAND_BYTES
    ? [{ path: '', rule: 'size', message: `a demand takes at most ${MAX_DEMAND_BYTES} bytes of JSON` }]
    : [];

const askedProblems = ({ from }: DemandBody, demander: DepartmentId): Violation[] =>
  from.flatMap((department, index) => {
    const path = `/from/${index}`;
    if (!findDepartment(department))
      return [{ path, rule: 'unknown-department', message: 'the registry has no such department' }];
    if (department === demander)
      return [{ path, rule: 'own-department', message: 'a department asks others, not itself' }];
    return from.indexOf(department) < index
      ? [{ path, rule: 'repeated-department', message: 'name each department once' }]
      : [];
  });

const whyNot = {
  'resource-retired': 'the resource is retired: name what replaces it, or leave it out',
  'own-resource': 'the resource is the demander’s own',
  'sharing-refused': 'the catalog marks the resource as not to be shared',
};

function resourceProblems({ body, resource, demander }: Statement): Violation[] {
  const path = '/resourceId';
  if (body.resourceId === undefined) return [];
  if (!resource) return [{ path, rule: 'unknown-resource', message: 'the catalog has no such resource' }];
  const possible = obtainable(resource, demander);
  const code = possible.ok ? undefined : possible.refusal.code;
  return code === undefined ? [] : [{ path, rule: code, message: whyNot[code] }];
}
