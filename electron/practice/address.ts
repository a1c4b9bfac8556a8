/** Who is called: what they are, where, and what is told them besides. */
type Address = {
  readonly kind: 'number' | 'client' | 'sip' | 'app';
  /** Without the parameters: `+1…`, `client:…`, `sip:…`, `app:AP…`. */
  readonly address: string;
  /** What follows the `?`. */
  readonly params: Readonly<Record<string, string>>;
};

const FORMS: Readonly<Record<Address['kind'], RegExp>> = {
  number: /^\+[1-9]\d{6,14}$/,
  client: /^client:[^\s?]{1,121}$/,
  sip: /^sips?:[^\s@?]+@[^\s?]+$/,
  app: /^app:AP[0-9a-f]{32}$/,
};

/** Reads the To of a call; undefined when it is none that can be called. */
export function readAddress(to: string): Address | undefined {
  const at = to.indexOf('?');
  const address = at < 0 ? to : to.slice(0, at);
  const query = at < 0 ? '' : to.slice(at + 1);
  const kind = kindOf(address);
  if (kind === undefined || (kind === 'number' && query !== '')) return undefined;
  return { kind, address, params: Object.fromEntries(new URLSearchParams(query)) };
}

function kindOf(address: string): Address['kind'] | undefined {
  const kinds: readonly Address['kind'][] = ['number', 'client', 'sip', 'app'];
  return kinds.find(kind => FORMS[kind].test(address));
}
