// Small helpers that make elements. Text is always text; HTML comes only from fields
// that the API has sanitised.

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function inline(name, html, attributes = {}) {
  const made = el(name, attributes);
  made.innerHTML = html;
  return made;
}

export function day(moment) {
  const written = new Date(moment).toLocaleDateString("en-GB", {
    day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  return el("time", { datetime: moment }, written);
}

export function picture(media, { sizes = "(min-width: 60rem) 40rem, 100vw", eager = false } = {}) {
  if (!media || !(media.src ?? media.url)) return null;
  const prints = (media.renditions ?? []).filter((each) => each.width);
  return el("img", {
    src: media.src ?? media.url,
    srcset: prints.map((each) => `${each.url} ${each.width}w`).join(", ") || null,
    sizes: prints.length ? sizes : null,
    alt: media.alt ?? "",
    width: media.width, height: media.height,
    loading: eager ? "eager" : "lazy",
  });
}

export function figure(media, options) {
  const image = picture(media, options);
  if (!image) return null;
  const credit = media.show_credit === false ? "" : media.credit;
  const words = [media.caption, credit].filter(Boolean).join(" · ");
  return el("figure", {}, image, words ? el("figcaption", {}, words) : null);
}

// A place for an advertisement, visible and labelled, as high as the catalogue says.
export function adPlace(slot, instance = slot.key) {
  const fits = (each) => each.min_width <= window.innerWidth;
  const sizes = slot.sizes.filter(fits).at(-1)?.sizes ?? [];
  if (!sizes.length) return null;
  const height = slot.reserve.filter(fits).at(-1)?.height ?? sizes[0][1] ?? 90;
  const named = `Ad slot ${slot.key.toUpperCase()} - ${slot.name}`;
  const label = instance === slot.key ? named : `${named}, ${instance}`;
  const place = el("aside", { class: "ad", "aria-label": label, "data-instance": instance },
    el("small", {}, slot.label ?? "Advertisement"), el("p", {}, named));
  place.style.minHeight = `${height}px`;
  return place;
}
