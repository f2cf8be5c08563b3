/** Streams of one JSON text a line, inside the machine: scenes to the glass, requests to devices. Half a line at the end was never said. */

/** Takes the text as it arrives, returns the lines that are whole now; undefined once a line is longer than anybody would write. */
export function lineSplitter(lettersMax: number): (text: string) => readonly string[] | undefined {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    return [rest, ...lines].some((line) => line.length > lettersMax) ? undefined : lines;
  };
}
