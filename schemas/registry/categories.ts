import * as z from 'zod';
import { Category } from '../contracts/categories.ts';
import entries from './categories.json' with { type: 'json' };

/** The code table of the deployment, in order of code. */
export const categories: readonly Category[] = z.array(Category).parse(entries);

const byCode = new Map(categories.map((category) => [category.code as string, category]));

export const findCategory = (code: string): Category | undefined => byCode.get(code);

/** Resources belong to a 目 or 细目: what is above them only groups (the guide, 信息资源分类). */
export const holdsResources = ({ code }: Category): boolean => code.split('-').length >= 3;
