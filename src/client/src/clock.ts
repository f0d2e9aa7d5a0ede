// What time it is for the round: the server's clock, because a device's own may be wrong by years.

/** How far the server's clock is ahead of this device's, as last heard; nothing before the first answer. */
let ahead = 0;

/** Takes the time of an answer. One without a date changes nothing: then the device's clock has to do. */
export function hear(date: string | null): void {
  const told = Date.parse(date ?? '');
  if (Number.isFinite(told)) ahead = told - Date.now();
}

/** The moment by which "not open yet", "open" and "over" are decided. */
export function now(): number {
  return Date.now() + ahead;
}
