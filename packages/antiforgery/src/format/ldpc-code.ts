/**
 * The two error-correcting codes of CS v1: quasi-cyclic LDPC of rate 1/2, 12 × 24 blocks of z × z. Frozen: the shifts were found
 * once by a search that avoids cycles shorter than eight.
 *
 * Columns 0–11 carry information, 12–23 parity. A line `column:shift` of row r says that bit k of check block r adds bit
 * (k + shift) mod z of that column. Column 12 stands in rows 0 and 11 with `parityShift` and in row 5 with 0; columns 13–23 are a
 * dual diagonal without a shift.
 */
export const blockRows = 12;
export const blockColumns = 24;

export interface Edge {
  readonly column: number;
  readonly shift: number;
}

export interface LdpcCode {
  readonly z: number;
  readonly infoBits: number;
  readonly codedBits: number;
  readonly parityShift: number;
  /** By check block: information columns only. */
  readonly infoRows: readonly (readonly Edge[])[];
  /** By check block: information and parity columns, in ascending order. */
  readonly rows: readonly (readonly Edge[])[];
}

export const mainCode = ldpcCode(1024, 147, [
  '1:490 2:408 8:677 9:787',
  '1:467 5:842 6:469 7:65 11:993',
  '3:834 4:508 5:130 7:288 11:220',
  '0:122 2:824 8:6 9:461',
  '2:632 6:37 9:391 10:126',
  '4:349 5:1007 7:707 11:218',
  '2:76 3:871 9:702 10:275',
  '1:610 2:958 6:921 9:272',
  '0:431 4:626 5:321 7:105 11:547',
  '5:716 7:583 10:940 11:60',
  '2:735 3:523 8:722 9:541',
  '0:928 5:621 7:546 11:565',
]);

/** Its information part is the header to the byte: 144 bytes. */
export const headerCode = ldpcCode(96, 13, [
  '1:74 2:24 8:50 9:39',
  '1:83 5:10 6:85 7:32 11:35',
  '3:66 4:28 5:34 7:67 11:60',
  '0:26 2:56 8:19 9:94',
  '2:88 6:69 9:16 10:1',
  '4:93 5:47 7:9 11:21',
  '2:76 3:39 9:29 10:28',
  '1:66 2:30 6:1 9:62',
  '0:15 4:50 5:65 7:7 11:68',
  '5:76 7:5 10:90 11:32',
  '2:31 3:43 8:45 9:76',
  '0:64 5:77 7:70 11:3',
]);

function ldpcCode(z: number, parityShift: number, lines: readonly string[]): LdpcCode {
  const infoRows = lines.map((line) =>
    line.split(' ').map((edge) => {
      const [column, shift] = edge.split(':').map(Number);
      return { column: column as number, shift: shift as number };
    }),
  );
  const rows = infoRows.map((edges, row) => [...edges, ...parityEdges(row, parityShift)]);
  return { z, infoBits: 12 * z, codedBits: 24 * z, parityShift, infoRows, rows };
}

function parityEdges(row: number, parityShift: number): Edge[] {
  const first = row === 0 || row === 11 ? [{ column: 12, shift: parityShift }] : [];
  const middle = row === 5 ? [{ column: 12, shift: 0 }] : [];
  const diagonal = [12 + row, 13 + row].filter((column) => column > 12 && column < blockColumns);
  return [...first, ...middle, ...diagonal.map((column) => ({ column, shift: 0 }))];
}
