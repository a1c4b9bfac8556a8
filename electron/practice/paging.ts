import { type Form, wholeNumberIn } from './form.ts';

/** One page of a list in Twilio's form; `key` names the list. */
export function pageOf<Item>(
  path: string,
  query: Form,
  key: string,
  items: readonly Item[],
  toJson: (item: Item) => object,
): object {
  const size = wholeNumberIn(query, 'PageSize', { from: 1, to: 1000, otherwise: 50 });
  const page = wholeNumberIn(query, 'Page', { from: 0, to: 1_000_000, otherwise: 0 });
  const start = page * size;
  const shown = items.slice(start, start + size);
  const uri = (number: number): string => {
    const parameters = new URLSearchParams();
    for (const [name, values] of Object.entries(query)) {
      if (name === 'Page' || name === 'PageSize') continue;
      for (const value of values) parameters.append(name, value);
    }
    parameters.append('PageSize', String(size));
    parameters.append('Page', String(number));
    return `${path}?${parameters}`;
  };
  return {
    [key]: shown.map(toJson),
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uri(page),
    first_page_uri: uri(0),
    next_page_uri: start + size < items.length ? uri(page + 1) : null,
    previous_page_uri: page > 0 ? uri(page - 1) : null,
  };
}
