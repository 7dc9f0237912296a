import * as z from 'zod';

/**
 * A code of the national guide's tree (发改高技〔2017〕1272号): 类 (one digit), 项 (two), 目 (three), 细目 (any), parted by
 * hyphens.
 */
export const CategoryCode = z
  .string()
  .regex(/^[1-9](-\d{2}(-\d{3}(-\d{1,10})?)?)?$/, '类-项-目-细目, e.g. 1-02-001')
  .brand<'CategoryCode'>();
export type CategoryCode = z.infer<typeof CategoryCode>;

export const Category = z.strictObject({ code: CategoryCode, name: z.string().min(1), nameEn: z.string().min(1) });
export type Category = z.infer<typeof Category>;

/** In order of code: every branch before what grows on it. */
export const CategoryList = z.strictObject({ items: z.array(Category) });
