// Several tabs with the same link: one sends at a time, and the others hear of it.

/** Runs `work` while no other tab of this browser does the same for this link. */
export async function alone(id: string, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(`candor-send-${id}`, work);
  else await work();
}

/** Listens for another tab that has sent with this link; gives the function that tells the others. */
export function listen(id: string, onSent: () => void): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => undefined;
  const channel = new BroadcastChannel(`candor-${id}`);
  channel.onmessage = onSent;
  return () => channel.postMessage('sent');
}
