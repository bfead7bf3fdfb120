/** Bits of an exponent of 2^0, and how many bits the fraction has (IEEE 754 binary16). */
const BIAS = 15;
const FRACTION_BITS = 10;
const INFINITY_BITS = 0x7c00;
const NAN_BITS = 0x7e00;
/** Half of the last place above the greatest finite value; from here on the nearest half is infinity. */
const OVERFLOW = 65_520;

/** The bits of the half-precision number (IEEE 754 binary16) nearest to `value`; of two as near, the even one. */
export function toHalf(value: number): number {
  if (Number.isNaN(value)) return NAN_BITS;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= OVERFLOW) return sign | INFINITY_BITS;
  const exponent = Math.max(exponentOf(magnitude), 1 - BIAS);
  const fraction = roundHalfEven(magnitude * 2 ** (FRACTION_BITS - exponent));
  // A fraction with the leading one of a normal number, or rounded up to it, carries into the exponent by addition.
  return sign | (((exponent + BIAS - 1) << FRACTION_BITS) + fraction);
}

/** The number that the bits of a half-precision number (IEEE 754 binary16) stand for; exact. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - BIAS - FRACTION_BITS);
  return sign * (fraction + 2 ** FRACTION_BITS) * 2 ** (exponent - BIAS - FRACTION_BITS);
}

/** Greatest n with 2^n <= magnitude. */
function exponentOf(magnitude: number): number {
  const near = Math.floor(Math.log2(magnitude));
  // The logarithm of a number just below a power of two may be rounded up to the next whole one.
  return 2 ** near > magnitude ? near - 1 : near;
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
