// Several tabs with the same link: one sends at a time, and the others hear of it.

/** Runs `work` while no other tab of this browser does the same for this link. Browsers that refuse locks run it all the same. */
export async function alone(id: string, work: () => Promise<void>): Promise<void> {
  let started = false;
  const once = async (): Promise<void> => {
    started = true;
    await work();
  };
  try {
    await navigator.locks.request(`candor-send-${id}`, once);
  } catch (error) {
    if (started) throw error;
    await once();
  }
}

/** Listens for another tab that has sent with this link; gives the function that tells the others. */
export function listen(id: string, onSent: () => void): () => void {
  try {
    const channel = new BroadcastChannel(`candor-${id}`);
    channel.onmessage = onSent;
    return () => channel.postMessage('sent');
  } catch {
    return () => undefined;
  }
}
