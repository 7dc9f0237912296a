import { foreignXml } from './broken-xml.ts';
import { Alternates } from './xml-alternates.ts';
import { COMPATIBILITY, FOREIGN, Namespaces, OWN } from './xml-namespaces.ts';
import { CLOSE, END, INPUT, OPEN, XmlTags } from './xml-tags.ts';

export { CLOSE, END, INPUT, OPEN, TEXT } from './xml-tags.ts';

/**
 * What of an XML document is in the namespaces that its reader knows, by local names: prefixes are the writer's business.
 * Elements of other namespaces are passed over with all that is in them; of alternatives one is read (`Alternates`).
 */
export class XmlReader {
  /** Of the tag just read. */
  name = '';
  /** Local names of the known elements that are open. */
  readonly path: string[] = [];
  private readonly tags: XmlTags;
  private readonly namespaces: Namespaces;
  private readonly alternates: Alternates;
  /** Of every open element, what its namespace is. */
  private readonly kinds: number[] = [];
  /** How deep the element lies that is passed over; 0 for none. */
  private passing = 0;

  constructor(source: AsyncIterable<Uint8Array>, vocabulary: ReadonlySet<string>) {
    this.tags = new XmlTags(source);
    this.namespaces = new Namespaces(vocabulary);
    this.alternates = new Alternates(this.namespaces);
  }

  /** @throws RefusedFile on what is not well-formed, or is none of its documents. */
  next(): number {
    const { tags } = this;
    for (;;) {
      const token = tags.next();
      if (token === OPEN) {
        if (this.passing === 0 && this.opens()) return OPEN;
      } else if (token === CLOSE) {
        if (this.passing > 0) this.passed();
        else if (this.closes()) return CLOSE;
      } else if (this.passing === 0 || token === INPUT || token === END) return token;
    }
  }

  /** `next`, with as many pieces as it takes. */
  async read(): Promise<number> {
    for (;;) {
      const token = this.next();
      if (token !== INPUT) return token;
      await this.fill();
    }
  }

  /** Takes in the next piece of the document. @throws what the source throws. */
  fill(): Promise<void> {
    return this.tags.fill();
  }

  close(): Promise<void> {
    return this.tags.close();
  }

  /** The text just read; a long one comes in several pieces. */
  text(): string {
    return this.tags.text();
  }

  /** Whether the element just opened stands exactly there, from the root. */
  isAt(...path: string[]): boolean {
    return path.length === this.path.length && path.every((name, i) => name === this.path[i]);
  }

  /** An attribute of the tag just opened: one without a prefix belongs to its element alone. */
  attribute(name: string): string | undefined {
    return this.tags.attribute(name);
  }

  /** One that belongs to a namespace. */
  attributeOf(namespaces: ReadonlySet<string>, name: string): string | undefined {
    const found = this.tags.attributeNames().find((qualified) => {
      const [prefix = '', local] = qualified.split(':');
      return local === name && namespaces.has(this.namespaces.namespaceOf(prefix) ?? '');
    });
    return found === undefined ? undefined : this.tags.attribute(found);
  }

  /** Whether the element is one to show. */
  private opens(): boolean {
    const { tags, namespaces } = this;
    if (tags.declares) this.takeDeclarations();
    let local = tags.tag;
    let kind = namespaces.plain;
    if (kind !== OWN || tags.prefixed) ({ local, of: kind } = namespaces.nameOf(local));
    if (kind !== OWN && tags.depth === 1) throw foreignXml();
    if (kind === FOREIGN || (kind === COMPATIBILITY && !this.enters(local))) {
      this.passing = tags.depth;
      return false;
    }
    this.kinds.push(kind);
    if (kind !== OWN) return false;
    this.path.push(local);
    this.name = local;
    return true;
  }

  private enters(local: string): boolean {
    return this.alternates.enters(local, this.tags.depth, this.tags.attribute('Requires'));
  }

  private takeDeclarations(): void {
    const { tags, namespaces } = this;
    for (const name of tags.attributeNames()) {
      if (name === 'xmlns') namespaces.declare(tags.depth, '', tags.attribute(name) ?? '');
      else if (name.startsWith('xmlns:')) namespaces.declare(tags.depth, name.slice(6), tags.attribute(name) ?? '');
    }
  }

  private closes(): boolean {
    this.leave();
    if (this.kinds.pop() !== OWN) return false;
    this.name = this.path.pop() ?? '';
    return true;
  }

  private passed(): void {
    if (this.tags.depth >= this.passing) return;
    this.passing = 0;
    this.leave();
  }

  private leave(): void {
    const depth = this.tags.depth + 1;
    if (this.namespaces.deepest === depth) this.namespaces.leave(depth);
    if (this.alternates.deepest === depth) this.alternates.leave();
  }
}
