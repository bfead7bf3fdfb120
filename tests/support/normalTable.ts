import { SeededRandom } from "../../services/drift/statistics/seededRandom";
import { type Table, tableOf } from "../../services/drift/statistics/table";

/** Independent standard normal values plus `shift`, fixed by the seed (Box and Muller). */
export function normalTable(rows: number, columns: number, seed: number, shift = 0): Table {
  const random = new SeededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  return tableOf(Array.from({ length: rows }, () => Array.from({ length: columns }, () => normal() + shift)));
}
