import { brokenXml } from './broken-xml.ts';

const MAX_DECLARED = 1024;
const MARKUP = 'http://schemas.openxmlformats.org/markup-compatibility/2006';

/** What the namespace of an element is to its reader. */
export const OWN = 1;
export const COMPATIBILITY = 2;
export const FOREIGN = 3;

interface Declared {
  readonly depth: number;
  readonly prefix: string;
  readonly namespace: string;
}

/** An element by its name in the reader's vocabulary, not by the prefix that its document happens to use. */
export interface ElementName {
  readonly local: string;
  readonly of: number;
}

/** The prefixes in force within the elements that are open (Namespaces in XML 1.0). */
export class Namespaces {
  /** What names without a prefix are. */
  plain = FOREIGN;
  /** The depth of the last element that declares any. */
  deepest = 0;
  private readonly own: ReadonlySet<string>;
  private readonly declared: Declared[] = [];
  private known = new Map<string, ElementName>();

  constructor(own: ReadonlySet<string>) {
    this.own = own;
  }

  /** @param prefix empty for names without one @param depth of the element that declares it, from 1 */
  declare(depth: number, prefix: string, namespace: string): void {
    if (this.declared.length >= MAX_DECLARED || (prefix !== '' && namespace === '')) throw brokenXml();
    this.declared.push({ depth, prefix, namespace });
    this.changed();
  }

  /** The element at that depth has ended. */
  leave(depth: number): void {
    while ((this.declared.at(-1)?.depth ?? 0) >= depth) this.declared.pop();
    this.changed();
  }

  /** @throws RefusedFile for a prefix that nobody declared. */
  nameOf(qualified: string): ElementName {
    const known = this.known.get(qualified);
    if (known) return known;
    const colon = qualified.indexOf(':');
    const name = { local: qualified.slice(colon + 1), of: this.of(colon < 0 ? '' : qualified.slice(0, colon)) };
    this.known.set(qualified, name);
    return name;
  }

  /** Whether the prefix is declared, and for a namespace that the reader knows. */
  understands(prefix: string): boolean {
    return this.of(prefix) === OWN;
  }

  namespaceOf(prefix: string): string | undefined {
    return this.declared.findLast((declared) => declared.prefix === prefix)?.namespace;
  }

  private of(prefix: string): number {
    const namespace = this.namespaceOf(prefix);
    if (namespace === undefined && prefix !== '' && prefix !== 'xml') throw brokenXml();
    if (namespace === undefined) return FOREIGN;
    if (namespace === MARKUP) return COMPATIBILITY;
    return this.own.has(namespace) ? OWN : FOREIGN;
  }

  private changed(): void {
    this.known = new Map();
    this.deepest = this.declared.at(-1)?.depth ?? 0;
    this.plain = this.of('');
  }
}
