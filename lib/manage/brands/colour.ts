/**
 * Colours as three or six hexadecimal digits after a #, their contrast, and mixtures of two.
 *
 * @module
 * @see WCAG 2.2, definitions of relative luminance and contrast ratio
 */
/** Red, green and blue, each 0 to 255. */
function channels(colour: string): number[] {
  const full = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  return [1, 3, 5].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @param share - Of the second, 0 to 1. */
export function mixed(one: string, other: string, share: number): string {
  const second = channels(other);
  const mixture = channels(one).map((value, index) =>
    Math.round(value + ((second[index] ?? 0) - value) * share),
  );
  return `#${mixture.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
