import type { Logger } from "../../runtime/logging";
import type { Collect } from "../api";
import { columnsFromRows, type RawColumns } from "../columns";
import { kindsIn } from "../window";
import { encodeBatch } from "./batchCodec";
import type { MonitorStore } from "./monitorStore";

/**
 * Hands each window that was compared with a stored reference on to the monitors that collect there. A window that a
 * monitor has no room for is left out and logged: the answer to its sender does not depend on monitors.
 */
export function collector(monitors: MonitorStore, log: Logger): Collect {
  return async ({ reference_id: id, columns, rows }, { current, report }) => {
    if (id === undefined) return;
    const collecting = await monitors.collecting(id);
    if (collecting.length === 0) return;
    const raw = (columns ?? columnsFromRows(rows)) as RawColumns;
    const compared = Object.fromEntries([...kindsIn(current).keys()].map((name) => [name, raw[name]]));
    const data = encodeBatch(compared);
    for (const monitor of collecting) {
      const taken = await monitors.addBatch(monitor, report.current_rows, data);
      if (!taken)
        log.warn({ monitor, rows: report.current_rows }, "a monitor has no room for a window before its next run");
    }
  };
}
