/** How a procedure is reached over plain HTTP, and the names of what it answers. */
import { z } from 'zod';

export const TAGS = ['health', 'research', 'jobs', 'evidence', 'papers', 'feedback'] as const;
export type Tag = (typeof TAGS)[number];

export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. `{name}` takes the input's field of that name. */
  path: `/${string}`;
  tag: Tag;
  summary: string;
  /** Of the answer; null: it has no body. */
  answers: z.ZodType | null;
  /** 200, or 204 without a body, unless said otherwise. */
  status?: 201 | 202;
}

/** Schemas that the API's document lists by name. */
export const apiSchemas = z.registry<{ id: string }>();

/** Gives a schema its name in the API's document, where clients are generated from. */
export function named<T extends z.ZodType>(id: string, schema: T): T {
  apiSchemas.add(schema, { id });
  return schema;
}
