// Every kind of page, each built from what the API answers.

import { list, page, read } from "./api.js";
import { block } from "./blocks.js";
import { card, cards } from "./cards.js";
import { adPlace, day, el, figure, inline, picture } from "./html.js";

const titled = (words) => el("h1", { tabindex: "-1" }, words);
const section = (words, ...inside) => el("section", {}, el("h2", {}, words), ...inside);

// The slots of a page by position, and all of them by key.
function slotsOf(ads) {
  const byKey = new Map((ads?.slots ?? []).map((slot) => [slot.key, slot]));
  const fixed = (ads?.fixed ?? []).map((key) => byKey.get(key));
  const at = (position) => fixed.filter((s) => s.position === position).map((s) => adPlace(s));
  return { byKey, at };
}

function byline(article) {
  const people = article.authors.flatMap((author, index) => [
    index ? ", " : "By ", el("a", { href: author.path, rel: "author" }, author.name)]);
  return el("p", { class: "byline" }, article.authors.length ? people : article.byline ?? "",
    " · ", el("a", { href: article.section.path }, article.section.name), " · ", day(article.published_at));
}

// A place before each block that the API names, the last one first.
function bodyOf(article, ads, slots) {
  const made = article.body.map((each) => block(each, slots.byKey));
  for (const one of [...(ads?.placements ?? [])].reverse()) {
    if (one.after_item === null) made.splice(one.index, 0, adPlace(slots.byKey.get(one.slot), one.instance));
  }
  return el("div", { class: "body" }, made);
}

async function article(found) {
  const { resource, ads, related } = found;
  const slots = slotsOf(ads);
  const [top, under] = slots.at("page_top");
  const more = resource.authors.length
    ? (await read(`/articles/${found.id}/related`, { by: "author", limit: 2 })).data : [];
  const opening = resource.body[0]?.type === "image" ? null : figure(resource.lead_media, { eager: true });
  return {
    seo: found.seo,
    content: [top,
      el("div", { class: "columns" },
        el("article", { class: "story", lang: resource.language },
          trail(found.breadcrumbs),
          resource.kicker ? el("p", { class: "kicker" }, resource.kicker) : null,
          titled(resource.headline),
          resource.standfirst ? el("p", { class: "standfirst" }, resource.standfirst) : null,
          under, byline(resource), opening, bodyOf(resource, ads, slots),
          slots.at("article_end")),
        el("div", { class: "rail" }, slots.at("rail"))),
      more.length ? section("More from this author", cards(more, { withPicture: false })) : null,
      related.length ? section("Related", cards(related.slice(0, 6), {}, slots.at("in_feed")[0])) : null],
  };
}

function trail(crumbs) {
  const items = (crumbs ?? []).map((each) => el("li", {}, el("a", { href: each.path }, each.name)));
  return items.length ? el("nav", { "aria-label": "Breadcrumbs", class: "trail" }, el("ol", {}, items)) : null;
}

const ABOUT = { section: "description", author: "bio", tag: "description" };

// A section, an author or a tag: what it is, and its newest articles.
async function index(found) {
  const { kind, resource, ads } = found;
  const slots = slotsOf(ads);
  const newest = await list({ [kind]: resource.id, limit: 24 });
  const about = resource[ABOUT[kind]] ?? resource.bio_html ?? "";
  const children = (resource.children ?? []).map((each) =>
    el("li", {}, el("a", { href: each.path }, each.name)));
  return {
    seo: found.seo,
    content: [slots.at("page_top")[0], trail(kind === "section" ? found.breadcrumbs.slice(0, -1) : []),
      kind === "author" ? picture(resource.portrait) : null,
      titled(resource.name), resource.role ? el("p", { class: "kicker" }, resource.role) : null,
      about ? el("p", { class: "standfirst" }, about) : null,
      children.length ? el("nav", { "aria-label": "Below this section", class: "trail" }, el("ul", {}, children)) : null,
      newest.data.length ? cards(newest.data, { level: 2 }, slots.at("in_feed")[0]) : el("p", {}, "Nothing yet."),
      el("div", { class: "rail" }, slots.at("rail"))],
  };
}

function gone(found) {
  const words = { gone: "This page is gone", legal: "This page is withheld", unknown: "There is no such page" };
  return {
    seo: { title: words[found.status], meta: [], noindex: true },
    content: [titled(words[found.status]), el("p", { class: "standfirst" }, found.note ?? ""),
      el("p", {}, el("a", { href: "/" }, "To the front page"))],
  };
}

// A row of the front page: the first card of the first row is the largest.
function container({ title, more, cards: shown }, isFirst) {
  const heading = title ? el("h2", {}, more ? el("a", { href: more.path }, title) : title) : null;
  const own = shown.map(({ article, headline, kicker, label, image }) =>
    ({ ...article, headline, kicker: label ?? kicker, lead_media: image }));
  const [lead, ...rest] = own;
  return el("section", {}, heading,
    isFirst ? el("div", { class: "lead" }, card(lead, { level: 2 })) : null, cards(isFirst ? rest : own));
}

function front({ resource, ads, seo }) {
  const slots = slotsOf(ads);
  const rows = resource.containers.map((each, index) => container(each, index === 0));
  for (const one of [...(ads?.placements ?? [])].reverse()) {
    rows.splice(one.index, 0, adPlace(slots.byKey.get(one.slot), one.instance));
  }
  return {
    seo: { ...seo, title: null },
    content: [slots.at("page_top")[0], el("h1", { class: "unseen", tabindex: "-1" }, "Front page"), rows],
  };
}

export async function at(path) {
  const found = await page(path);
  if (found.status === "moved") return { moved: found.location };
  const make = { article, section: index, author: index, tag: index, front }[found.kind];
  const made = found.status === "found" && make ? await make(found) : gone(found);
  return { ...made, menus: found.menus };
}

export async function search(q) {
  const [menus, found] = await Promise.all([read("/menus"), q ? read("/search", { q, limit: 20 }) : { data: [] }]);
  const titleOf = (hit) => hit.highlights.headline
    ? inline("a", hit.highlights.headline, { href: hit.path }) : el("a", { href: hit.path }, hit.headline);
  const hits = found.data.map((hit) => el("article", { class: "card" }, el("h2", {}, titleOf(hit)),
    inline("p", hit.highlights.body ?? ""), el("p", { class: "dateline" }, `${hit.section.name} / `, day(hit.published_at))));
  return {
    menus: menus.data,
    seo: { title: q ? `Search: ${q}` : "Search", meta: [], noindex: true },
    content: [titled(q ? `Results for “${q}”` : "Search"),
      hits.length ? hits : el("p", {}, q ? "Nothing was found." : "What are you looking for?")],
  };
}
