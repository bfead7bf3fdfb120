import { dashboard } from "../../../components/gcp/dashboard";

test("charts stand two in a row, each with its alarm's threshold", () => {
  const { displayName, mosaicLayout } = JSON.parse(dashboard("prod", { databaseId: "p:db", cacheId: "c" }));
  expect(displayName).toBe("tideline prod");
  expect(mosaicLayout.tiles.map(({ xPos, yPos }: { xPos: number; yPos: number }) => [xPos, yPos])).toEqual([
    [0, 0],
    [6, 0],
    [0, 4],
    [6, 4],
    [0, 8],
  ]);
  expect(mosaicLayout.tiles[1].widget).toMatchObject({
    title: "The database's CPU is busy",
    xyChart: { thresholds: [{ value: 0.8 }] },
  });
});
