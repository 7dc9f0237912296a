/** What digests of lookups are made for: those for one purpose tell nothing about those for another. */
export type MacPurpose = 'key' | 'stem' | 'officer' | 'request';

export interface Macs<Purpose extends string = MacPurpose> {
  /** Keyed digests, base64 of 32 bytes: the key is the hub's alone, so that nobody finds a text by trying. */
  keyed(purpose: Purpose): Promise<(text: string) => string>;
}
