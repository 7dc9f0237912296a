import type { ResourceCode } from '../../../schemas/contracts/resources.ts';

/** The guide's 信息资源代码: digits of 类, 项, 目 and 细目, then `/` and the number within them. */
export const resourceCode = (category: string, number: number): ResourceCode =>
  `${digitsOf(category)}/${String(number).padStart(4, '0')}`;

/** A code stays with its resource as long as that stays in its category. */
export const isOfCategory = (code: ResourceCode, category: string): boolean =>
  code.startsWith(`${digitsOf(category)}/`);

const digitsOf = (category: string): string => category.replaceAll('-', '');
