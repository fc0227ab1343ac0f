// Small drawings, so that no font has to have them.
const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  phone: "M6.2 2.5 4 3.3C3 3.7 2.5 4.7 2.7 5.8c1 5.8 5.6 10.5 11.5 11.5 1.1.2 2.1-.3 2.5-1.3l.8-2.2-3.9-2.3-1.8 1.7c-2-.9-3.6-2.5-4.5-4.5L9 6.9z",
  lock: "M6 9V6.5a4 4 0 0 1 8 0V9h.5A1.5 1.5 0 0 1 16 10.5v5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 4 15.5v-5A1.5 1.5 0 0 1 5.5 9zm1.8 0h4.4V6.5a2.2 2.2 0 0 0-4.4 0z",
  window: "M3 3h9v2H5v7H3zm5 5h9v9H8zm2 2v5h5v-5z",
  eye: "M10 4.5c-4 0-7 3-8.2 5.5C3 12.5 6 15.5 10 15.5s7-3 8.2-5.5C17 7.5 14 4.5 10 4.5m0 8.8a3.3 3.3 0 1 1 0-6.6 3.3 3.3 0 0 1 0 6.6",
  mic: "M10 2a2.6 2.6 0 0 0-2.6 2.6v5a2.6 2.6 0 0 0 5.2 0v-5A2.6 2.6 0 0 0 10 2M4.8 9.5a5.2 5.2 0 0 0 4.3 5.1V17H7v1.5h6V17h-2.1v-2.4a5.2 5.2 0 0 0 4.3-5.1h-1.6a3.6 3.6 0 0 1-7.2 0z",
};

export function icon(name, size = 16) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
