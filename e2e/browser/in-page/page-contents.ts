/** Everything that a page holds: its markup, what stands in its fields, its history, and all that it could have stored. Runs inside the page. */
export async function pageContents(): Promise<string[]> {
  const fields = [...document.querySelectorAll('input, textarea, select')].map(
    (field) => (field as HTMLInputElement).value,
  );
  const databases = await indexedDB.databases();
  const caches = 'caches' in window ? await window.caches.keys() : [];
  return [
    document.documentElement.outerHTML,
    document.title,
    location.href,
    JSON.stringify(history.state),
    document.cookie,
    ...fields,
    ...Object.entries(localStorage).flat(),
    ...Object.entries(sessionStorage).flat(),
    ...databases.map(({ name }) => name ?? ''),
    ...caches,
    ...performance.getEntries().map(({ name }) => name),
  ];
}

/** Places in which a page can keep something beyond its own life; all of them must stay empty. */
export async function storedThings(): Promise<string[]> {
  const databases = await indexedDB.databases();
  const workers = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistrations() : [];
  return [
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...databases.map(({ name }) => `indexedDB ${name}`),
    ...('caches' in window ? await window.caches.keys() : []).map((key) => `cache ${key}`),
    ...(document.cookie ? ['cookie'] : []),
    ...workers.map(({ scope }) => `service worker ${scope}`),
  ];
}
