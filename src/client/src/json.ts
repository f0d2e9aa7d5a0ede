// Reading JSON from the server with every field checked, so that the rest of the page works on types that hold.

/** Something that was read does not have the announced form. */
export class Malformed extends Error {
  constructor(readonly where: string, expected: string) {
    super(`${where}: expected ${expected}`);
    this.name = 'Malformed';
  }
}

/** A JSON value together with the place where it stands. */
export class Value {
  constructor(readonly raw: unknown, readonly where: string) {}

  static parse(text: string, where: string): Value {
    try {
      return new Value(JSON.parse(text), where);
    } catch {
      throw new Malformed(where, 'JSON');
    }
  }

  private object(): Record<string, unknown> {
    if (typeof this.raw !== 'object' || this.raw === null || Array.isArray(this.raw)) throw new Malformed(this.where, 'an object');
    return this.raw as Record<string, unknown>;
  }

  field(name: string): Value {
    return new Value(this.object()[name], `${this.where}.${name}`);
  }

  /** A field that older documents lack. */
  optional(name: string): Value | undefined {
    return Object.hasOwn(this.object(), name) ? this.field(name) : undefined;
  }

  entries(): [string, Value][] {
    return Object.entries(this.object()).map(([name, raw]) => [name, new Value(raw, `${this.where}.${name}`)]);
  }

  list(): Value[] {
    if (!Array.isArray(this.raw)) throw new Malformed(this.where, 'a list');
    return this.raw.map((raw: unknown, i) => new Value(raw, `${this.where}[${i}]`));
  }

  text(): string {
    if (typeof this.raw !== 'string') throw new Malformed(this.where, 'a text');
    return this.raw;
  }

  flag(): boolean {
    if (typeof this.raw !== 'boolean') throw new Malformed(this.where, 'true or false');
    return this.raw;
  }

  /** A whole number from `least` to 2^53 - 1. */
  whole(least = 0): number {
    const raw = this.raw;
    if (typeof raw !== 'number' || !Number.isSafeInteger(raw) || raw < least) throw new Malformed(this.where, `a whole number of ${least} or more`);
    return raw;
  }

  /** A whole number that fits in 32 bits. */
  u32(least = 0): number {
    const value = this.whole(least);
    if (value > 0xffffffff) throw new Malformed(this.where, 'a number below 2^32');
    return value;
  }

  /** Exactly the given value. */
  is<T extends string | number | null>(expected: T): T {
    if (this.raw !== expected) throw new Malformed(this.where, JSON.stringify(expected));
    return expected;
  }

  /** A text that `read` understands as that many bytes. */
  bytes<T extends Uint8Array>(read: (text: string) => T | undefined, length: number): T {
    const bytes = read(this.text());
    if (bytes?.length !== length) throw new Malformed(this.where, `${length} bytes`);
    return bytes;
  }

  /** An RFC 3339 instant in milliseconds since 1970. */
  instant(): number {
    const moment = Date.parse(this.text());
    if (Number.isNaN(moment)) throw new Malformed(this.where, 'a time');
    return moment;
  }
}
