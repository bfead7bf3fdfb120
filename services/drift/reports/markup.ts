/** Text made safe to stand in HTML, in attributes too: column names and categories are whatever callers sent. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A figure for people: four digits, tiny and huge ones with an exponent. */
export function figure(value: number): string {
  if (Math.abs(value) >= 1e300) return value > 0 ? "∞" : "-∞";
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(1);
  return String(Number(value.toPrecision(4)));
}

/** A share as people read it. */
export function percentage(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
