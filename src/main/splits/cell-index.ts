/** Finds what lies near a box: items are sorted into square cells, by a hash of plane, column and row. */
export interface CellIndex {
  /** Adds an item to all cells that its box meets. */
  add(item: number, plane: number, left: number, bottom: number, right: number, top: number): void;
  /**
   * Calls `visit` once for each item in the cells that the box meets. Items of other cells or planes may come,
   * too, when hashes meet: the caller looks closer.
   */
  near(
    plane: number,
    left: number,
    bottom: number,
    right: number,
    top: number,
    visit: (item: number) => void,
  ): void;
}

function hash(plane: number, column: number, row: number): number {
  return Math.imul(column, 73_856_093) ^ Math.imul(row, 19_349_663) ^ Math.imul(plane, 83_492_791);
}

/**
 * @param capacity items that will be added; their numbers are below it
 * @param side of a cell: not much larger than most boxes, so that few share a cell
 */
export function createCellIndex(capacity: number, side: number): CellIndex {
  let buckets = 16;
  while (buckets < 2 * capacity) buckets *= 2;
  /** Newest entry of each bucket; −1 = none. */
  const heads = new Int32Array(buckets).fill(-1);
  const items: number[] = [];
  const older: number[] = [];
  const visited = new Int32Array(capacity).fill(-1);
  let visits = 0;

  return {
    add(item, plane, left, bottom, right, top) {
      for (let column = Math.floor(left / side); column <= Math.floor(right / side); column++) {
        for (let row = Math.floor(bottom / side); row <= Math.floor(top / side); row++) {
          const bucket = hash(plane, column, row) & (buckets - 1);
          older.push(heads[bucket]!);
          heads[bucket] = items.length;
          items.push(item);
        }
      }
    },
    near(plane, left, bottom, right, top, visit) {
      const visiting = visits++;
      for (let column = Math.floor(left / side); column <= Math.floor(right / side); column++) {
        for (let row = Math.floor(bottom / side); row <= Math.floor(top / side); row++) {
          let entry = heads[hash(plane, column, row) & (buckets - 1)]!;
          for (; entry >= 0; entry = older[entry]!) {
            const item = items[entry]!;
            if (visited[item] === visiting) continue;
            visited[item] = visiting;
            visit(item);
          }
        }
      }
    },
  };
}
