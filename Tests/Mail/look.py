"""Looks at HTML files as a person does: on a phone, in the light and in the dark.

    look.py [--pictures FOLDER] FILE...

Prints a JSON list of what is wrong: text that runs off the side at 360 pixels, text with a contrast below 4.5 to 1
(WCAG 2.2, 1.4.3), links that are too small for a thumb (WCAG 2.2, 2.5.8), anything that is fetched from elsewhere.
"""

import json
import pathlib
import sys

from playwright.sync_api import sync_playwright

WIDTH = 360

CHECK = """
() => {
  const faults = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > window.innerWidth) faults.push(`is ${page.scrollWidth} pixels wide`);
  function parse(color) { return color.match(/[\\d.]+/g).map(Number); }
  function luminance([r, g, b]) {
    const [R, G, B] = [r, g, b].map(v => {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  }
  function background(element) {
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return parse(getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'rgb(18,18,18)' : 'rgb(255,255,255)');
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (!text) continue;
    texts += 1;
    const element = walker.currentNode.parentElement;
    const a = luminance(parse(getComputedStyle(element).color)), b = luminance(background(element));
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faults.push(`"${text.slice(0, 30)}" has a contrast of ${contrast.toFixed(2)}`);
  }
  if (!texts) faults.push('has no text');
  for (const link of document.querySelectorAll('.choice a')) {
    const box = link.getBoundingClientRect();
    if (box.height < 44) faults.push(`"${link.textContent}" is ${box.height} pixels high`);
  }
  return faults;
}
"""


def main():
    arguments = sys.argv[1:]
    pictures = None
    if arguments[:1] == ["--pictures"]:
        pictures = pathlib.Path(arguments[1])
        arguments = arguments[2:]
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": WIDTH, "height": 740}, color_scheme=scheme)
            page.on(
                "request",
                lambda request: request.url.startswith("file:") or faults.append(f"{page.url} fetches {request.url}"),
            )
            for path in map(pathlib.Path, arguments):
                page.goto(path.resolve().as_uri())
                faults += [f"{path.name} in the {scheme}: {fault}" for fault in page.evaluate(CHECK)]
                if pictures:
                    page.screenshot(path=pictures / f"{path.stem}.{scheme}.png", full_page=True)
        browser.close()
    print(json.dumps(faults))


main()
