# Beside this script's working folder, cloned side by side: guillesse94300/myMairie, SaugetMarc/couthenans.fr,
# Flaux-Village/flaux-village.github.io, bjalon/municipal, locki-io/docs.locki.io. PDF and Word need pdftotext (poppler-utils) and antiword.
import glob, re, subprocess, sys
def run(*command): return subprocess.run(command, capture_output=True, text=True, encoding="utf8").stdout
def read(path):
    if path.endswith(".pdf"): return run("pdftotext", "-nopgbrk", path, "-")
    if path.endswith(".doc"): return run("antiword", "-w", "0", "-m", "UTF-8.txt", path)
    return open(path, encoding="utf8").read()
def files(*patterns): return sorted({f for p in patterns for f in glob.glob(p)})
static = "myMairie/static/"
council = r"(CM-|PV-CM|\d{8}-PV|compte-rendu-(?!.*201[56])\d|Compte-rendu-du-Conseil-municipal)" # from 2017 on, which is enough
sources = {
    "Pierrefonds": [f for f in files(static + "*.md") if re.match(council, f[len(static):])],
    "CC des Lisières de l'Oise": files(static + "*-du-CC-du-*.md", static + "*-CR-CC-du-*.md", static + "*-CR-du-Conseil-Communautaire-*.md"),
    "Couthenans": files("couthenans.fr/assets/pdf/CR_*.pdf"),
    "Flaux": files("flaux-village.github.io/assets/documents/comptesrendus/*compte rendu*.doc"),
    "Preuilly-sur-Claise": files("municipal/content/services/services-publics/conseil-municipal/proces-verbal/PV.pdf"),
    "Audierne": files("docs.locki.io/docs/audierne2026/municpal-council-january2026-transcript.md"),
}
mark = r"(?:[-–—•*▪➢✓o]\s|\d+[.)°]|[IVX]+[.)]\s|[A-ZÀ-Ý«])"
def paragraphs(text, blanks):
    """The lines put together again: a new paragraph after a blank line (where the source has them), at a bullet, and after a short line, a full stop, a colon or a semicolon before a capital or a number."""
    text = text.split("\n---\n", 1)[-1] if text.startswith("# ") else text
    lines = [re.sub(r"<[^>]+>|[*#_|\\]+", " ", re.sub(r"\s+", " ", l)).strip() for l in text.splitlines()]
    lines = [l for l in lines if (l or blanks) and not (l and re.fullmatch(r"\W*(.*\bpage )?\d+( ?/ ?\d+)?\W*", l, re.I))]
    width = sorted(map(len, lines))[len(lines) * 19 // 20] if lines else 0
    part = []
    for line, after in zip(lines, lines[1:] + [""]):
        part.append(line)
        if not line or not after or re.match(mark, after) and (len(line) < .75 * width or line[-1] in ".!?:;" or after[0] in "-–—•▪➢✓"):
            yield re.sub(r"\s+", " ", " ".join(part)).strip(); part = []
    yield " ".join(part)
def prose(t):
    words = re.findall(r"[^\W\d_]+", t)
    figures = len(re.findall(r"[\d€%]", t)) / max(1, len(re.sub(r"\s", "", t)))
    capitals = sum(w[0].isupper() for w in words) / max(1, len(words))
    return len(words) >= 6 and figures < .2 and capitals < .45 and t[-1] in ".!?…»”\")"
seen = {}
for source, paths in sources.items():
    before = len(seen); left = 0
    for path in paths:
        for t in paragraphs(read(path), source not in ("Pierrefonds", "CC des Lisières de l'Oise")):
            if len(t) < 40: continue
            if prose(t): seen.setdefault(t[:4000], source)
            else: left += 1
    print(source, len(paths), "files", len(seen) - before, "passages,", left, "of 40 characters or more left out", file=sys.stderr)
open("minutes.txt", "w", encoding="utf8").writelines(t + "\n" for t in seen)
