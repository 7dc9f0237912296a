import { brokenXml } from './broken-xml.ts';
import type { Namespaces } from './xml-namespaces.ts';

/**
 * Alternative content (ECMA-376, part 3, "Alternate content"): of the choices the first whose namespaces the reader all
 * knows, otherwise the fallback. Its elements stand as if there were no alternatives around them.
 */
export class Alternates {
  /** The depth of the innermost. */
  deepest = 0;
  private readonly open: { readonly depth: number; chosen: boolean }[] = [];
  private readonly namespaces: Namespaces;

  constructor(namespaces: Namespaces) {
    this.namespaces = namespaces;
  }

  /**
   * Whether an element of compatibility markup is to be looked into.
   * @param requires prefixes of a choice, separated by blanks
   */
  enters(local: string, depth: number, requires: string | undefined): boolean {
    if (local === 'AlternateContent') {
      this.open.push({ depth, chosen: false });
      this.deepest = depth;
      return true;
    }
    if (local !== 'Choice' && local !== 'Fallback') return false;
    const around = this.open.at(-1);
    if (around?.depth !== depth - 1) throw brokenXml();
    const fits = !around.chosen && (local === 'Fallback' || this.understands(requires));
    around.chosen ||= fits;
    return fits;
  }

  /** The innermost has ended. */
  leave(): void {
    this.open.pop();
    this.deepest = this.open.at(-1)?.depth ?? 0;
  }

  private understands(requires: string | undefined): boolean {
    if (requires === undefined || requires.trim() === '') throw brokenXml();
    return requires
      .trim()
      .split(/\s+/)
      .every((prefix) => this.namespaces.understands(prefix));
  }
}
