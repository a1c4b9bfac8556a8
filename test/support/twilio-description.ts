import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What OpenAPI 3.0 says about a value, as far as Twilio uses it. */
export type ValueSchema = {
  readonly $ref?: string;
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly nullable?: boolean;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ValueSchema;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
};

/** A parameter of a path, a query or a form. */
export type Parameter = {
  readonly name: string;
  readonly required: boolean;
  readonly schema: ValueSchema;
};

/** One request that Twilio's API answers. */
type Operation = {
  /** Twilio's name for it, such as `CreateCall`. */
  readonly id: string;
  readonly path: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** The parameters of its body, or null when it has none. */
  readonly form: readonly Parameter[] | null;
  /** Sets of parameters of which at least one must be there. */
  readonly oneOf: readonly (readonly string[])[];
  /** The schema of the answer by status; null where nothing is answered. */
  readonly answers: ReadonlyMap<number, ValueSchema | null>;
};

/** An operation with the values of its path's parameters. */
type FoundOperation = {
  readonly operation: Operation;
  readonly values: Readonly<Record<string, string>>;
};

type Content = Readonly<Record<string, { readonly schema: ValueSchema }>>;

type RawOperation = {
  readonly operationId: string;
  readonly 'x-twilio'?: { readonly conditional: readonly (readonly string[])[] };
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required?: boolean;
    readonly schema: ValueSchema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ValueSchema>> };
};

type Route = { readonly method: string; readonly path: RegExp; readonly operation: Operation };

const FIXTURES = join(import.meta.dirname, '../fixtures/twilio-openapi');

const documents = ['api-v2010.json', 'monitor-v1.json'].map(name => read(name) as Document);

/** What the descriptions' prose says about values, by operation and parameter. */
const told = read('described-values.json') as Readonly<
  Record<string, Readonly<Record<string, ValueSchema>>>
>;

const routes = documents.flatMap(document => routesOf(document));

/** The operation behind a request; undefined when Twilio has none there. @param path without its query */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return { operation: route.operation, values: { ...match.groups } };
  }
  return undefined;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
}

function routesOf({ paths, components }: Document): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      method: method.toUpperCase(),
      path: patternOf(path),
      operation: operationOf(raw, components.schemas),
    })),
  );
}

function patternOf(path: string): RegExp {
  const pattern = path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+?)');
  return new RegExp(`^${pattern}$`);
}

function operationOf(raw: RawOperation, components: Document['components']['schemas']): Operation {
  const said = told[raw.operationId] ?? {};
  const parameter = (name: string, required: boolean, schema: ValueSchema): Parameter => ({
    name,
    required,
    schema: narrowed(resolved(schema, components), said[name]),
  });
  const within = (place: 'path' | 'query'): Parameter[] =>
    (raw.parameters ?? [])
      .filter(({ in: where }) => where === place)
      .map(({ name, required = false, schema }) => parameter(name, required, schema));
  const form = raw.requestBody?.content['application/x-www-form-urlencoded']?.schema;
  return {
    id: raw.operationId,
    path: within('path'),
    query: within('query'),
    form:
      form === undefined
        ? null
        : Object.entries(form.properties ?? {}).map(([name, schema]) =>
            parameter(name, form.required?.includes(name) ?? false, schema),
          ),
    oneOf: (raw['x-twilio']?.conditional ?? []).map(names => names.map(parameterName)),
    answers: new Map(
      Object.entries(raw.responses).map(([status, { content }]) => {
        const schema = content?.['application/json']?.schema;
        return [Number(status), schema === undefined ? null : resolved(schema, components)];
      }),
    ),
  };
}

/** The schema with every reference replaced by what it names; none of Twilio's names itself. */
function resolved(schema: ValueSchema, components: Document['components']['schemas']): ValueSchema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    const target = components[name];
    if (target === undefined) throw new Error(`The fixture lacks the schema ${name}`);
    // Twilio answers null for words that do not apply yet; OpenAPI 3.0 cannot say so at a reference.
    return { ...resolved(target, components), ...(target.enum && { nullable: true }) };
  }
  const { items, properties } = schema;
  return {
    ...schema,
    ...(items && { items: resolved(items, components) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, resolved(value, components)]),
      ),
    }),
  };
}

/** The schema, or each of its items, further limited. */
function narrowed(schema: ValueSchema, limits: ValueSchema | undefined): ValueSchema {
  if (limits === undefined) return schema;
  if (schema.items === undefined) return { ...schema, ...limits };
  return { ...schema, items: { ...schema.items, ...limits } };
}

/** `messaging_service_sid` as a parameter is called: `MessagingServiceSid`. */
function parameterName(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
