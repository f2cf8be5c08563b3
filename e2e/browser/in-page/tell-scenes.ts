/** Lets a test hear the scenes that the page hears, and the table of towns. Runs before the page’s own script; the page notices nothing. */
interface Told {
  tellWalk(text: string): void;
}

export function tellScenes(): void {
  const { tellWalk } = window as unknown as Told;
  tellWalk('load');
  const plain = window.fetch;
  window.fetch = async (input, init) => {
    const reply = await plain(input, init);
    if (input === '/municipalities.json' && reply.ok) tellWalk(`towns ${await reply.clone().text()}`);
    if (input !== '/scenes' || !reply.body) return reply;
    const [forPage, forTest] = reply.body.tee();
    void tellLines(forTest, tellWalk);
    return new Response(forPage, { status: reply.status, headers: reply.headers });
  };
}

async function tellLines(body: ReadableStream<Uint8Array>, tell: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  const reader = body.getReader();
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) tell(`scene ${line}`);
  }
}
