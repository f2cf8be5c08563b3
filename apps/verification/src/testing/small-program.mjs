/** Plays an examining process for tests of their keeper: the first byte of the first file says what happens. */
let first = true;
process.on('message', ({ job }) => {
  if (first) {
    first = false;
    process.send({ ready: true });
    return;
  }
  const act = job.files[0].bytes[0];
  if (act === 1) process.send({ done: { refused: 'NOT_FOUND', cornersFound: job.files.length } });
  if (act === 2) process.exit(3);
  if (act === 3) process.send({ fault: 'RangeError' });
  if (act === 4) globalThis.much = Buffer.alloc(300 * 2 ** 20, 1);
  // Everything else takes for ever.
  setInterval(() => undefined, 1000);
});
process.on('disconnect', () => process.exit(0));
