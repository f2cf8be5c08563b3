/** Lets a test hear the scenes that the page hears, and the table of towns. Runs before the page’s own script; the page notices nothing. */
interface Told {
  tellLoad(): Promise<void>;
  tellScene(line: string): Promise<void>;
  tellTowns(text: string): Promise<void>;
}

export function tellScenes(): void {
  const told = window as unknown as Told;
  // Whatever the page learns comes after this.
  const loaded = told.tellLoad();
  const plain = window.fetch;
  window.fetch = async (input, init) => {
    await loaded;
    const reply = await plain(input, init);
    if (input === '/municipalities.json' && reply.ok) await told.tellTowns(await reply.clone().text());
    if (input !== '/scenes' || !reply.body) return reply;
    const [forPage, forTest] = reply.body.tee();
    void tellLines(forTest, told);
    return new Response(forPage, { status: reply.status, headers: reply.headers });
  };
}

async function tellLines(body: ReadableStream<Uint8Array>, told: Told): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  const reader = body.getReader();
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) await told.tellScene(line);
  }
}
