// A laptop that slept, a tab that comes back: timers have stood still meanwhile, and the connection may be there again.

/** Runs `work` whenever the page is seen again; gives the function that ends this. */
export function onWaking(work: () => void): () => void {
  const seen = (): void => {
    if (document.visibilityState === 'visible') work();
  };
  const shown = (event: PageTransitionEvent): void => {
    if (event.persisted) seen();
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('pageshow', shown);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('pageshow', shown);
  };
}
