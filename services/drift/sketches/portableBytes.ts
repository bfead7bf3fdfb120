import { SketchFormatError } from "./sketchErrors";

const text = { encoder: new TextEncoder(), decoder: new TextDecoder() };

/** Writes numbers and text little-endian, the same on every machine, into memory that grows. */
export class ByteWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  uint8(value: number): void {
    const start = this.claim(1);
    this.view.setUint8(start, value);
  }

  uint32(value: number): void {
    const start = this.claim(4);
    this.view.setUint32(start, value, true);
  }

  float64(value: number): void {
    const start = this.claim(8);
    this.view.setFloat64(start, value, true);
  }

  /** Its length, then the doubles. */
  float64s(values: Float64Array): void {
    this.uint32(values.length);
    const start = this.claim(8 * values.length);
    for (let i = 0; i < values.length; i++) this.view.setFloat64(start + 8 * i, values[i] as number, true);
  }

  /** Its length, then the bytes. */
  block(bytes: Uint8Array): void {
    this.uint32(bytes.length);
    const start = this.claim(bytes.length);
    this.bytes.set(bytes, start);
  }

  /** Text as its length in bytes and UTF-8. */
  string(value: string): void {
    this.block(text.encoder.encode(value));
  }

  /** What was written so far, as a copy. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** Room for so many bytes. Both `bytes` and `view` may be others afterwards. */
  private claim(size: number): number {
    const start = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return start;
  }
}

/** Reads what a ByteWriter wrote; every read throws SketchFormatError where the bytes end too soon. */
export class ByteReader {
  private readonly view: DataView;
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  float64(): number {
    return this.view.getFloat64(this.advance(8), true);
  }

  float64s(): Float64Array {
    const length = this.uint32();
    const start = this.advance(8 * length);
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) values[i] = this.view.getFloat64(start + 8 * i, true);
    return values;
  }

  block(): Uint8Array {
    const length = this.uint32();
    const start = this.advance(length);
    return this.bytes.slice(start, start + length);
  }

  string(): string {
    return text.decoder.decode(this.block());
  }

  /** Throws SketchFormatError when anything is left unread. */
  end(): void {
    const left = this.bytes.length - this.position;
    if (left > 0) throw new SketchFormatError(`A sketch has ${left} bytes after its end: it is damaged.`);
  }

  private advance(size: number): number {
    const start = this.position;
    if (start + size > this.bytes.length) {
      throw new SketchFormatError(
        `A sketch is cut short: ${size} bytes are needed at byte ${start} of ${this.bytes.length}.`,
      );
    }
    this.position += size;
    return start;
  }
}
