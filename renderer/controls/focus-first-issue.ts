/** Puts the caret into the first field of a form that has something wrong, once that is on screen. */
export function focusFirstIssue(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    form.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus();
  });
}
