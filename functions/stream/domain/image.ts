/** An item as a stream tells it, in DynamoDB JSON: of its values those that matter here. */
export type Image = Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly M?: Image }>>;

/** Its texts and numbers, also those of maps within; lists, sets and truth values are left out. */
export interface Scalars {
  readonly [name: string]: string | number | Scalars;
}

export const scalarsOf = (image: Image): Scalars =>
  Object.fromEntries(
    Object.entries(image).flatMap(([name, { S, N, M }]): [string, Scalars[string]][] => {
      if (S !== undefined) return [[name, S]];
      if (N !== undefined) return [[name, Number(N)]];
      return M === undefined ? [] : [[name, scalarsOf(M)]];
    }),
  );
