import type { ResourceDefinition, ShareType, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Violation } from '../../../schemas/contracts/problem.ts';
import { attachmentProblems } from './attachments.ts';
import { constraintProblems } from './constraints.ts';
import { keyProblems } from './keys.ts';
import { listProblems } from './lists.ts';
import { optionProblems } from './options.ts';
import { problem } from './problem.ts';
import { severityProblems } from './severity.ts';

/**
 * Everything that makes a definition of the right shape unusable all the same: empty for one that can be published.
 * Paths are JSON pointers (RFC 6901) into the definition; rules are stable names; messages say what to do.
 */
export function definitionProblems(definition: ResourceDefinition): Violation[] {
  return [
    ...sharingProblems(definition),
    ...opennessProblems(definition),
    ...schemaProblems(definition.schema),
    ...attachmentProblems(definition),
  ];
}

/** 发改高技〔2017〕1272号: refusing to share cites the law that says so, sharing on conditions states them. */
function sharingProblems({ shareType, shareCondition, legalBasis, schema }: ResourceDefinition): Violation[] {
  const whose = (type: ShareType): string | undefined => {
    if (shareType === type) return 'the resource';
    const field = schema.fields.find((each) => each.shareType === type);
    return field && `the field ${JSON.stringify(field.name)}`;
  };
  const refused = legalBasis?.trim() ? undefined : whose('refused');
  const conditional = shareCondition?.trim() ? undefined : whose('conditional');
  return [
    ...(refused
      ? [
          problem(
            '/legalBasis',
            'legal-basis-required',
            `${refused} is not shared: state in legalBasis the law that says so`,
          ),
        ]
      : []),
    ...(conditional
      ? [
          problem(
            '/shareCondition',
            'share-condition-required',
            `${conditional} is shared on conditions: state them in shareCondition`,
          ),
        ]
      : []),
  ];
}

/** The guide's 开放属性: open on conditions states them. */
const opennessProblems = ({ open }: ResourceDefinition): Violation[] =>
  open?.type === 'conditional' && !open.condition?.trim()
    ? [problem('/open/condition', 'open-condition-required', 'open on conditions states them: state the condition')]
    : [];

function schemaProblems(schema: TableSchema): Violation[] {
  return [
    ...nameProblems(schema),
    ...keyProblems(schema),
    ...listProblems('/schema/missingValues', schema.missingValues),
    ...schema.fields.flatMap((field, i) => {
      const path = `/schema/fields/${i}`;
      return [
        ...optionProblems(path, field),
        ...constraintProblems(path, field),
        ...severityProblems(path, field, schema),
      ];
    }),
  ];
}

/** What changes call the column that says what is to be done with a record. */
const RESERVED = '_op';

/**
 * In a JSON object that a program of JavaScript copies, a member of this name becomes the object's prototype or is lost:
 * it could be in no terms, no mask and no record. Every other name is a member like any other.
 */
const PROTOTYPE = '__proto__';

function nameProblems({ fields }: TableSchema): Violation[] {
  return fields.flatMap(({ name }, i) => {
    const path = `/schema/fields/${i}/name`;
    if (fields.findIndex((other) => other.name === name) < i) {
      return [
        problem(
          path,
          'duplicate-field',
          `the name ${JSON.stringify(name)} stands twice: give each field a name of its own`,
        ),
      ];
    }
    if (name === RESERVED)
      return [problem(path, 'reserved', `changes have a column of the name ${RESERVED}: give the field another name`)];
    if (name === PROTOTYPE)
      return [
        problem(path, 'unusable-name', `a JSON object cannot carry ${PROTOTYPE} safely: give the field another name`),
      ];
    if (!name.isWellFormed() || name.includes('\0') || name.startsWith('\uFEFF')) {
      return [
        problem(
          path,
          'unusable-name',
          'no CSV header can carry this name: leave out NUL, lone surrogates and a leading byte order mark',
        ),
      ];
    }
    return [];
  });
}
