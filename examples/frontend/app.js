// One page at a time: which one the address asks for, what stands around it, and the
// links between them.

import { at, search } from "./pages.js";
import { el } from "./html.js";

const content = document.getElementById("content");
const site = { name: document.title };

function menu(place, menus, key) {
  const items = menus.find((each) => each.key === key)?.items ?? [];
  const here = location.pathname;
  const made = items.map((item) => {
    const url = new URL(item.url ?? "/", location.origin);
    const path = item.kind ? url.pathname : item.url;
    const current = item.kind && here.startsWith(path) ? "page" : null;
    return el("li", {}, item.url ? el("a", { href: path, "aria-current": current }, item.label) : item.label);
  });
  document.getElementById(place).replaceChildren(el("ul", {}, made));
}

// What the API says belongs into the page's head.
function head(seo) {
  document.head.querySelectorAll("[data-page]").forEach((each) => each.remove());
  document.title = seo.title ? `${seo.title} – ${site.name}` : site.name;
  const meta = [...(seo.meta ?? [])];
  if (seo.noindex) meta.push({ name: "robots", content: "noindex" });
  for (const { name, property, content: words } of meta) {
    document.head.append(el("meta", { name, property, content: words, "data-page": "" }));
  }
  for (const each of seo.json_ld ?? []) {
    const said = el("script", { type: "application/ld+json", "data-page": "" });
    said.textContent = JSON.stringify(each).replaceAll("<", "\\u003c");
    document.head.append(said);
  }
}

async function made() {
  const path = decodeURI(location.pathname);
  if (path === "/search") return search(new URLSearchParams(location.search).get("q") ?? "");
  return at(path);
}

async function show({ isFirst = false } = {}) {
  content.setAttribute("aria-busy", "true");
  let page;
  try {
    page = await made();
  } catch (error) {
    console.error(error);
    const words = "The newspaper cannot be reached. Please try again.";
    page = { seo: { title: "Not now" }, content: [el("h1", { tabindex: "-1" }, words)] };
  }
  if (page.moved) {
    history.replaceState(null, "", page.moved);
    await show({ isFirst });
    return;
  }
  content.replaceChildren(...page.content.flat().filter(Boolean));
  head(page.seo);
  for (const key of page.menus ? ["utility", "main", "footer"] : []) menu(key, page.menus, key);
  document.getElementById("q").value = new URLSearchParams(location.search).get("q") ?? "";
  content.setAttribute("aria-busy", "false");
  if (isFirst) return;
  window.scrollTo(0, 0);
  content.querySelector("h1")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const isPlain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !isPlain || link.origin !== location.origin || link.hash) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
});
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState(null, "", `/search?q=${encodeURIComponent(event.target.q.value)}`);
  show();
});
addEventListener("popstate", () => show());

site.name = document.querySelector("meta[name=broadsheet-site]")?.content ?? site.name;
document.querySelector("#masthead a").textContent = site.name;
show({ isFirst: true });
