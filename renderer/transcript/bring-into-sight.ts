/** How often a place is looked for again: what comes near to sight takes its real height only then. */
const MOST_TRIES = 3;

/** Scrolls a list, and nothing around it, just as far as an element in it is whole in sight. */
export function bringIntoSight(list: HTMLElement, element: Element): void {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const around = list.getBoundingClientRect();
    const place = element.getBoundingClientRect();
    const above = place.top - around.top;
    const below = place.bottom - around.bottom;
    if (above >= 0 && below <= 0) return;
    list.scrollTop += above < 0 ? above : Math.min(above, below);
  }
}
