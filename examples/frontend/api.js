// The one place that speaks to the API: plain reads of /v1, and no key.

const API = document.querySelector("meta[name=broadsheet-api]").content;

export class Refused extends Error {}

export async function read(path, query = {}) {
  const url = new URL(`/v1${path}`, API);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await fetch(url);
  if (!answer.ok) throw new Refused(`${answer.status} for ${path}`);
  return answer.json();
}

// A page in one call: what lives at a path, and all that stands around it.
export const page = (path) =>
  read("/resolve", { path, include: "resource,menus,ads,related", platform: "web" });

const CARD = "id,headline,kicker,standfirst,path,section,published_at,lead_media,authors";

export const list = (query) => read("/articles", { fields: CARD, ...query });
