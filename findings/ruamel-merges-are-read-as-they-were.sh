#!/usr/bin/env bash
# ruamel.yaml: after a change to a map that others merge by `<<`, they read the old value still; the file that is written has the new.
#
# Expected: a map with `<<: *base` reads what the base holds, as the base is the same object; what a program reads after an edit is
#   what it reads from the file that it then writes.
# What happens: merged entries are copied into the map when it is loaded. Who sets a value in the base reads the old one in the
#   maps that merge it, though `<<` stands there and is written. `del` of a merged entry removes nothing and raises nothing;
#   what it does is to have the entry read from the base again.
# Why it matters: a script that edits a default and then validates each policy validates what will not be in the file. What is
#   checked has to be loaded again.
# ruamel.yaml 0.19.1, seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check ruamel.yaml==0.19.1
cat > probe.py <<'END'
import io
from ruamel.yaml import YAML

yaml = YAML()

def again(document):
    text = io.StringIO()
    yaml.dump(document, text)
    return yaml.load(text.getvalue())

document = yaml.load("base: &base {order: 1}\npolicy:\n  <<: *base\n  tier: default\n")
document["base"]["order"] = 2
print("read", document["policy"]["order"], "written", again(document)["policy"]["order"])
del document["policy"]["order"]
print("deleted, read", document["policy"]["order"], "written", again(document)["policy"]["order"])
END
python/bin/python probe.py > seen.txt
diff - seen.txt <<'SEEN'
read 1 written 2
deleted, read 2 written 2
SEEN
