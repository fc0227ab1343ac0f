// Elements without markup: every word from outside becomes a text node.

export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Web addresses only: no javascript:, no data:. */
export function safeLink(url) {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Pictures of this server or inside the message; everything else stays unloaded. */
export function safeImage(url) {
  try {
    const parsed = new URL(url, location.href);
    return parsed.origin === location.origin || url.startsWith("data:image/") ? url : null;
  } catch {
    return null;
  }
}

/** Keeps a list of elements in step with a list of things: a thing that didn't change keeps its element, focus and all. */
export function keep(parent, things, keyOf, make) {
  const before = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  let previous = null;
  const seen = new Set();
  for (const thing of things) {
    let key = keyOf(thing);
    while (seen.has(key)) key += "'";
    seen.add(key);
    const face = JSON.stringify(thing);
    let element = before.get(key);
    if (!element || element.face !== face) {
      const fresh = make(thing, element);
      fresh.dataset.key = key;
      fresh.face = face;
      if (element) replace(element, fresh);
      element = fresh;
    }
    const wanted = previous ? previous.nextSibling : parent.firstChild;
    if (element !== wanted) parent.insertBefore(element, wanted);
    previous = element;
  }
  for (const [key, element] of before) if (!seen.has(key)) element.remove();
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  if (focused) {
    const same = [...fresh.querySelectorAll("a, button, input, select")].find(
      (element) => element.textContent === focused.textContent && element.tagName === focused.tagName);
    same?.focus();
  }
}

const COLOURS = ["#b3476b", "#2b7a78", "#8a6d1f", "#4b62b8", "#9a4f1c", "#5d7a2b", "#7a4fa3"];

/** A square with initials, for people without pictures. */
export function avatar(name, kind = "") {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  const square = h("span", { class: "avatar " + kind, "aria-hidden": "true" });
  square.textContent = name.split(/\s+/).map((word) => [...word][0] ?? "").join("").slice(0, 2).toUpperCase();
  square.style.backgroundColor = kind.includes("app") ? "" : COLOURS[sum % COLOURS.length];
  return square;
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
