/** Gauss with pivoting, for the small systems of the reader. `rows` is the matrix with the right side as its last column; it is used up. */
export function solveLinear(rows: Float64Array[]): Float64Array {
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    bringLargestUp(rows, i);
    const pivotRow = rows[i] as Float64Array;
    const pivot = (pivotRow[i] as number) || Number.MIN_VALUE;
    for (let k = i + 1; k < n; k++) {
      const row = rows[k] as Float64Array;
      const factor = (row[i] as number) / pivot;
      if (factor !== 0) for (let j = i; j <= n; j++) row[j] = (row[j] as number) - factor * (pivotRow[j] as number);
    }
  }
  const solution = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i] as Float64Array;
    let sum = row[n] as number;
    for (let j = i + 1; j < n; j++) sum -= (row[j] as number) * (solution[j] as number);
    solution[i] = sum / ((row[i] as number) || Number.MIN_VALUE);
  }
  return solution;
}

function bringLargestUp(rows: Float64Array[], column: number): void {
  const size = (row: number) => Math.abs(rows[row]?.[column] as number);
  let largest = column;
  for (let k = column + 1; k < rows.length; k++) if (size(k) > size(largest)) largest = k;
  const [a, b] = [rows[column] as Float64Array, rows[largest] as Float64Array];
  rows[column] = b;
  rows[largest] = a;
}
