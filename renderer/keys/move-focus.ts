const PANES = '[data-pane]';
const ROWS = '[data-list] [role="option"]';
const FOCUSABLE = 'button:not([disabled]), input, [tabindex="0"], [role="option"]';

/** Moves the focus in the list on screen: to the next row, or the one before. */
export function moveInList(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const at = rows.findIndex(row => row.matches(':focus'));
  const chosen = rows.findIndex(row => row.getAttribute('aria-selected') === 'true');
  const from = at >= 0 ? at : chosen >= 0 ? chosen : step > 0 ? -1 : rows.length;
  rows[Math.max(0, Math.min(rows.length - 1, from + step))]?.focus();
}

/** Moves the focus to the next pane of the window, or the one before. */
export function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>(PANES)].filter(
    pane => pane.offsetParent !== null && pane.querySelector(FOCUSABLE) !== null,
  );
  const at = panes.findIndex(pane => pane.contains(document.activeElement));
  const next = panes[(Math.max(at, step > 0 ? -1 : 0) + step + panes.length) % panes.length];
  const chosen = next?.querySelector<HTMLElement>('[role="option"][tabindex="0"]');
  (chosen ?? next?.querySelector<HTMLElement>(FOCUSABLE))?.focus();
}

/** What has the focus: a field that takes typing, a control that Space presses, or neither. */
export function focusKind(): 'text' | 'control' | 'none' {
  const element = document.activeElement;
  if (element === null || element === document.body) return 'none';
  if (element.closest('[role="menu"], [role="radiogroup"]') !== null) return 'text';
  if (element.matches('input, textarea, select, [contenteditable="true"]')) return 'text';
  return element.matches('button, a[href], summary') ? 'control' : 'none';
}

/** Keeps the focus where it is when a button is pressed with the pointer; returns how to stop. */
export function keepFocusFromPointer(): () => void {
  const onMouseDown = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button, [role="option"]')) {
      event.preventDefault();
    }
  };
  const onPointerUp = () => {
    const element = document.activeElement;
    if (element instanceof HTMLInputElement && element.type === 'range') element.blur();
  };
  document.addEventListener('mousedown', onMouseDown);
  document.addEventListener('pointerup', onPointerUp);
  return () => {
    document.removeEventListener('mousedown', onMouseDown);
    document.removeEventListener('pointerup', onPointerUp);
  };
}
