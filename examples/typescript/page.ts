// A page of the newspaper, typed by the API's own document: `broadsheet.d.ts` is made
// of it by openapi-typescript, and tsc --strict finds nothing to object here.

import type { components, operations } from "./broadsheet";

type Article = components["schemas"]["ArticleAnswer"];
type Block = Article["body"][number];
type Resolution = components["schemas"]["Resolution"];
type ListQuery = NonNullable<operations["list_articles"]["parameters"]["query"]>;

const API = "http://127.0.0.1:8000";

async function read<T>(path: string, query: Record<string, string | undefined> = {}): Promise<T> {
  const url = new URL(`/v1${path}`, API);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
  return (await answer.json()) as T;
}

/** What lives at a path: the compiler insists that every ending is thought of. */
export async function headlineAt(path: string): Promise<string> {
  const found = await read<Resolution>("/resolve", { path, include: "resource,ads" });
  switch (found.status) {
    case "found":
    case "moved":
      return found.location ?? "/";
    case "gone":
    case "legal":
      return found.note ?? "This page is gone";
    case "unknown":
      return "There is no such page";
  }
}

/** The type of a block says which fields it has. */
export function words(block: Block): string {
  switch (block.type) {
    case "paragraph":
    case "heading":
    case "quote":
      return block.text;
    case "list":
      return block.items.map((item) => item.text).join("\n");
    case "image":
      return block.caption;
    case "gallery":
      return block.items.map((picture) => picture.alt).join("\n");
    case "ad_slot":
      return `${block.slot}: ${block.instance}`;
    case "truncated":
      return `${block.words_left} more words`;
    default:
      return block.fallback?.text ?? "";
  }
}

export async function newest(query: ListQuery): Promise<string[]> {
  const asked = { section: query.section?.join(","), limit: String(query.limit ?? 10) };
  const page = await read<components["schemas"]["CountedPage_ArticleSummary_"]>("/articles", asked);
  return page.data.map((article) => article.headline);
}

// @ts-expect-error A paragraph has no caption.
export const wrong = (block: Extract<Block, { type: "paragraph" }>): string => block.caption;
