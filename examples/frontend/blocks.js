// From a block to an element, by its type. What a client does not know it shows by its
// fallback, and never fails.

import { adPlace, day, el, figure, inline } from "./html.js";
import { card } from "./cards.js";

const many = (blocks, slots) => (blocks ?? []).map((each) => block(each, slots));
const link = (url, words) => el("a", { href: url, rel: "noopener" }, words || url);

// Nothing of another site is loaded: the reader is led there instead.
function elsewhere(each, url, words) {
  const told = each.fallback ?? {};
  return el("div", { class: "elsewhere" },
    told.html ? inline("div", told.html) : el("p", {}, told.text ?? ""),
    el("p", {}, link(told.url ?? url ?? "#", words ?? "See it there")));
}

function recording(each, name) {
  const sources = (each.sources ?? []).map((s) => el("source", { src: s.url, type: s.mime_type }));
  const player = el(name, { controls: "", preload: "none", poster: each.poster?.url }, sources);
  const caption = el("figcaption", {}, each.caption || each.title || "");
  if (!sources.length) return elsewhere(each, each.url, each.title || each.caption);
  return el("figure", {}, player, caption);
}

function table(each) {
  const row = (cells, tag) => el("tr", {}, cells.map((c) =>
    inline(tag, c.html ?? c, tag === "th" ? { scope: "col" } : {})));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": each.caption || "Table" },
    el("table", {}, el("caption", {}, each.caption ?? ""),
      el("thead", {}, each.header?.length ? row(each.header, "th") : null),
      el("tbody", {}, (each.rows ?? []).map((cells) => row(cells, "td")))));
}

const RENDER = {
  paragraph: (b) => inline("p", b.html, { class: b.dropcap ? "dropcap" : null }),
  heading: (b) => inline(`h${b.level}`, b.html, { id: b.anchor }),
  list: (b, slots) => el(b.style === "ordered" ? "ol" : "ul", {}, b.items.map((item) => {
    const made = inline("li", item.html);
    made.append(...many(item.blocks, slots).filter(Boolean));
    return made;
  })),
  quote: (b) => el("blockquote", {}, inline("p", b.html), b.citation ? el("cite", {}, b.citation) : null),
  pullquote: (b) => el("aside", { class: "pullquote" }, el("p", {}, b.text), el("cite", {}, b.attribution)),
  image: (b) => figure(b),
  gallery: (b) => el("section", { class: "gallery", "aria-label": b.title || "Gallery" },
    b.title ? el("h2", {}, b.title) : null, b.items.map((item) => figure(item))),
  video: (b) => recording(b, "video"),
  audio: (b) => recording(b, "audio"),
  related: (b) => b.article ? el("aside", { class: "beside" }, el("p", {}, b.label || "Related"), card(b.article))
    : b.url ? el("aside", { class: "beside" }, link(b.url, b.headline || b.label)) : null,
  link_list: (b) => el("aside", { class: "beside" }, b.title ? el("h2", {}, b.title) : null,
    el("ul", {}, b.items.map((i) => el("li", {}, link(i.article?.path ?? i.url, i.label || i.headline || i.article?.headline))))),
  callout: (b) => el("aside", { class: "box" }, el("h2", {}, b.title), inline("div", b.html),
    b.action ? link(b.action.url, b.action.label) : null),
  box: (b, slots) => el("aside", { class: "box" }, b.title ? el("h2", {}, b.title) : null, many(b.blocks, slots)),
  timeline: (b, slots) => el("ol", { class: "timeline" }, b.sections.flatMap((s) => s.events).map((event) =>
    el("li", {}, el("strong", {}, event.date_text), " ", event.title ?? "", many(event.blocks, slots)))),
  table,
  code: (b) => el("pre", { tabindex: "0" }, el("code", {}, b.text)),
  divider: () => el("hr"),
  rating: (b) => el("p", { class: "rating" }, `${b.label ? `${b.label}: ` : ""}${b.value} of ${b.max} ${b.unit}`),
  correction: (b) => el("aside", { class: "correction" }, el("p", {}, day(b.at)), inline("p", b.html)),
  live_post: (b, slots) => el("section", { class: "post" }, el("p", {}, day(b.published_at)),
    b.title ? el("h2", {}, b.title) : null, many(b.blocks, slots)),
  product: (b, slots) => el("aside", { class: "box" }, el("h2", {}, b.name), figure(b.image),
    b.price ? el("p", {}, b.price) : null, many(b.blocks, slots)),
  group: (b, slots) => el("div", {}, many(b.blocks, slots)),
  interactive: (b, slots) => el("div", {}, many(b.blocks, slots)),
  meter_break: () => null,
  ad_slot: (b, slots) => slots.has(b.slot) ? adPlace(slots.get(b.slot), b.instance) : null,
  truncated: () => el("p", { class: "box" }, "The rest is for subscribers."),
  restricted: (b) => el("p", { class: "box" }, b.message),
};

export function block(each, slots = new Map()) {
  const render = RENDER[each.type];
  if (render) return render(each, slots);
  return each.fallback ? elsewhere(each, each.url, each.title || each.author) : null;
}
