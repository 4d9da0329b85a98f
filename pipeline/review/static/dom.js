/* Elements made without markup in strings, so that no text can become one. */

export const byId = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children; null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  const kept = children.flat(Infinity).filter((child) => child || child === 0);
  element.append(...kept);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A bar of shares, `[[class, number]]`, of a whole. */
export function bar(shares, whole) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "bar");
  svg.setAttribute("viewBox", "0 0 100 1");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  let x = 0;
  for (const [name, number] of shares) {
    const width = (100 * Math.max(number, 0)) / Math.max(whole, 1);
    const part = document.createElementNS(SVG, "rect");
    part.setAttribute("class", name);
    part.setAttribute("x", x);
    part.setAttribute("width", width);
    part.setAttribute("height", 1);
    svg.append(part);
    x += width;
  }
  return svg;
}
