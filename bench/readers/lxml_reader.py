"""readability-lxml: pages a second of processor time, peak memory, the slowest page; the texts as JSON lines."""
import gzip
import json
import logging
import os
import resource
import sys
import time

import lxml.etree
import lxml.html
from readability import Document

logging.disable(logging.CRITICAL)
folder = sys.argv[1]
pages, names = [], []
for name in sorted(os.listdir(folder)):
    if name.endswith((".html", ".html.gz")):
        with open(os.path.join(folder, name), "rb") as file:
            content = file.read()
        content = gzip.decompress(content) if content[:1] == b"\x1f" else content
        pages.append(content.decode("utf-8", "replace"))
        names.append(name)


def read(page):
    try:
        document = Document(page)
        document.title()
        return document.summary()
    except Exception:
        return None


for page in pages[:20]:
    read(page)
texts = []
failed, slowest, start = 0, 0, time.process_time()
for page in pages:
    before = time.process_time()
    texts.append(read(page))
    failed += texts[-1] is None
    slowest = max(slowest, time.process_time() - before)
took = time.process_time() - start
if len(sys.argv) > 2:
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for name, text in zip(names, texts):
            # A space between elements, as a reader sees them.
            words = " ".join(lxml.html.fromstring(text).itertext()) if text else ""
            file.write(json.dumps({"source": name, "text": words}) + "\n")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"readability-lxml of Debian, lxml {lxml.etree.__version__}, Python {sys.version.split()[0]}")
print(f"{len(pages) / took:.0f} pages/s   {len(pages)} pages, {failed} failed   slowest page {slowest * 1000:.0f} ms   peak memory {peak} MB")
