import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { findCategory, holdsResources } from '../../../schemas/registry/categories.ts';
import { findDepartment } from '../../../schemas/registry/departments.ts';

/** What a definition says of the registry and of other resources that is not so; paths as in `definitionProblems`. */
export const elementProblems = (resourceId: ResourceId, definition: ResourceDefinition): Violation[] => [
  ...categoryProblems(definition),
  ...fieldProviderProblems(definition),
  ...relatedProblems(resourceId, definition),
];

function categoryProblems({ category }: ResourceDefinition): Violation[] {
  if (category === undefined) return [];
  const found = findCategory(category);
  const rule = found ? 'category-too-broad' : 'unknown-category';
  if (found && holdsResources(found)) return [];
  const message = found
    ? `${category} only groups others: choose a 目 or 细目 below it`
    : 'the registry has no such category: GET /v1/categories lists them';
  return [{ path: '/category', rule, message }];
}

const fieldProviderProblems = ({ schema }: ResourceDefinition): Violation[] =>
  schema.fields.flatMap(({ provider }, index) =>
    provider === undefined || findDepartment(provider)
      ? []
      : [
          {
            path: `/schema/fields/${index}/provider`,
            rule: 'unknown-department',
            message: 'the registry has no such department: GET /v1/departments lists them',
          },
        ],
  );

/** Whether the others exist is not asked: two that belong together are published one after the other. */
const relatedProblems = (resourceId: ResourceId, { related = [] }: ResourceDefinition): Violation[] =>
  related.flatMap((id, index) => {
    const path = `/related/${index}`;
    if (id === resourceId) return [{ path, rule: 'itself', message: 'a resource is not related to itself' }];
    return related.indexOf(id) < index
      ? [{ path, rule: 'repeated-value', message: `${id} stands twice: name each resource once` }]
      : [];
  });
