import fc from "fast-check";
import {
  MAX_SEGMENTS,
  type OpenWindow,
  OTHER_SEGMENTS,
  type StreamEvent,
  WHOLE,
  WindowedStream,
} from "../../../../services/drift/streams/windowedStream";
import { type WindowSpec, windowLength, windowStarts } from "../../../../services/drift/streams/windowSpec";

type Numbered = StreamEvent & { readonly id: number };
const streamOf = (spec: WindowSpec, latenessMs = 0) =>
  new WindowedStream<Numbered, number[]>({
    spec,
    latenessMs,
    create: () => [],
    add: (ids, { id }) => ids.push(id),
  });
const numbered = (events: readonly StreamEvent[]): Numbered[] => events.map((event, id) => ({ ...event, id }));
const events = fc
  .array(fc.record({ time: fc.integer({ min: -50, max: 300 }), segment: fc.constantFrom("a", "b", undefined) }), {
    maxLength: 80,
  })
  .map(numbered);
const specs: fc.Arbitrary<WindowSpec> = fc.constantFrom(
  { kind: "tumbling", sizeMs: 30 },
  { kind: "sliding", sizeMs: 30, stepMs: 10 },
  { kind: "sliding", sizeMs: 25, stepMs: 10 },
  { kind: "count", rows: 7 },
);
const content = ({ start, segment, rows, content: ids }: OpenWindow<number[]>) => ({ start, segment, rows, ids });

describe("WindowedStream", () => {
  it("puts every event into exactly its windows that are open, or counts it late", () => {
    fc.assert(
      fc.property(events, specs, fc.nat(60), (arriving, spec, latenessMs) => {
        const stream = streamOf(spec, latenessMs);
        const expected = new Map<string, number[]>();
        let [late, lateEntries, newest] = [0, 0, Number.NEGATIVE_INFINITY];
        arriving.forEach((event, index) => {
          const watermark = spec.kind === "count" ? index : newest - latenessMs;
          const starts = windowStarts(spec, spec.kind === "count" ? index : event.time);
          const open = starts.filter((start) => start + windowLength(spec) > watermark);
          lateEntries += starts.length - open.length;
          if (open.length === 0) late++;
          for (const start of open) {
            for (const segment of [WHOLE, ...(event.segment ? [event.segment] : [])]) {
              const key = `${start}/${segment}`;
              expected.set(key, [...(expected.get(key) ?? []), event.id]);
            }
          }
          newest = Math.max(newest, event.time);
          stream.insert(event);
        });
        const closed = stream.takeClosed();
        for (const { end } of closed) expect(end).toBeLessThanOrEqual(stream.watermark);
        for (const { end } of stream.openWindows()) expect(end).toBeGreaterThan(stream.watermark);
        const all = [...closed, ...stream.openWindows()];
        expect(new Map(all.map(({ start, segment, content: ids }) => [`${start}/${segment}`, ids]))).toEqual(expected);
        expect(all).toHaveLength(expected.size);
        for (const { rows, content: ids } of all) expect(rows).toBe(ids.length);
        expect(stream.progress).toMatchObject({ events: arriving.length, late, lateEntries });
      }),
    );
  });

  it("adds up: tumbling and count windows together hold every event that was not late", () => {
    fc.assert(
      fc.property(
        events,
        fc.constantFrom<WindowSpec>({ kind: "tumbling", sizeMs: 40 }, { kind: "count", rows: 9 }),
        (arriving, spec) => {
          const stream = streamOf(spec, 20);
          for (const event of arriving) stream.insert(event);
          const whole = [...stream.takeClosed(), ...stream.openWindows()].filter(({ segment }) => segment === WHOLE);
          const held = whole.reduce((sum, { rows }) => sum + rows, 0);
          expect(held + stream.progress.late).toBe(arriving.length);
          if (spec.kind === "count") expect(stream.progress.late).toBe(0);
        },
      ),
    );
  });

  it("goes on after a restore as if it had never stopped", () => {
    fc.assert(
      fc.property(events, specs, fc.nat(80), (arriving, spec, at) => {
        const through = streamOf(spec, 15);
        for (const event of arriving) through.insert(event);
        const first = streamOf(spec, 15);
        for (const event of arriving.slice(0, at)) first.insert(event);
        const second = streamOf(spec, 15);
        second.restore(first.progress, first.openWindows());
        for (const event of arriving.slice(at)) second.insert(event);
        const closed = [...first.takeClosed(), ...second.takeClosed()];
        expect(closed.map(content)).toEqual(through.takeClosed().map(content));
        expect(second.progress).toEqual(through.progress);
      }),
    );
  });

  it("bounds the segments of a window, and the rest share one", () => {
    const stream = streamOf({ kind: "tumbling", sizeMs: 10 });
    for (const event of numbered(Array.from({ length: 150 }, (_, i) => ({ time: 1, segment: `s${i}` }))))
      stream.insert(event);
    const open = stream.openWindows();
    expect(open).toHaveLength(MAX_SEGMENTS + 2);
    expect(open.find(({ segment }) => segment === OTHER_SEGMENTS)?.rows).toBe(50);
    expect(open.find(({ segment }) => segment === WHOLE)?.rows).toBe(150);
  });
});
