/** What the digest of a key is made of: equal keys of other resources have other digests. */
export const keyText = (resourceId: string, ordered: string): string => JSON.stringify([resourceId, ordered]);
