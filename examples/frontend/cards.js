// An article where it stands among others.

import { day, el, picture } from "./html.js";

export function card(article, { level = 3, withPicture = true, withDate = true } = {}) {
  return el("article", { class: "card" },
    withPicture ? picture(article.lead_media, { sizes: "(min-width: 60rem) 20rem, 100vw" }) : null,
    article.kicker ? el("p", { class: "kicker" }, article.kicker) : null,
    el(`h${level}`, {}, el("a", { href: article.path }, article.headline)),
    article.standfirst ? el("p", {}, article.standfirst) : null,
    withDate ? el("p", { class: "dateline" }, `${article.section.name} / `, day(article.published_at)) : null);
}

// With an advertisement between the cards, where the page has a slot for it.
export function cards(articles, options = {}, place = null) {
  const made = articles.map((each) => card(each, options));
  if (place && made.length > 2) made.splice(2, 0, place);
  return el("div", { class: "cards" }, made);
}
