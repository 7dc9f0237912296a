import * as z from 'zod';

/**
 * A value that an item keeps as JSON text, because DynamoDB's own types hold less than JSON: numbers of 38 digits up
 * to 1E126, nesting of 32 levels (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
 */
export const jsonText = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
