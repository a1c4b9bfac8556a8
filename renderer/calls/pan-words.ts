/** Where somebody is heard, in words. @param pan -1 left to 1 right */
export function panWords(pan: number): string {
  const percent = Math.round(Math.abs(pan) * 100);
  if (percent === 0) return 'middle';
  const side = pan < 0 ? 'left' : 'right';
  return percent === 100 ? side : `${percent} % ${side}`;
}
