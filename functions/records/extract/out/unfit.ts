/** What an extract must hold has no place in its format: trying again never helps, other terms do. */
export class UnfitExtract extends Error {
  override readonly name = 'UnfitExtract';
}
