#!/usr/bin/env bash
# cdk8s: a Duration that was parsed from ISO 8601 cannot be written as ISO 8601, and days are written as others do not read them.
#
# Expected: `Duration.parse(text).toIsoString()` gives back the same duration; two days are `P2D`, and other libraries read what it
#   writes.
# What happens: `parse` counts in milliseconds, and `toIsoString` throws for those, "Unexpected time unit: millis", unless it is zero.
#   Days are put behind the T, where ISO 8601 has none: `PT2D`, `PT1D12H` for 36 hours. `P2D` is refused by its own `parse`, and
#   `PT2D` by isodate.
# Why it matters: an interval that a chart takes as text and hands on as text stops the synthesis; one that is built by
#   `Duration.days` is refused where it is read. Seconds, `toSeconds()`, are safe in both directions.
# cdk8s 2.70.106, isodate 0.7.2 (PyPI), seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts cdk8s@2.70.106 constructs@10.4.3
python3 -m venv python && python/bin/pip install --quiet --disable-pip-version-check isodate==0.7.2

cat > probe.mjs <<'END'
import { Duration } from 'cdk8s'

const attempt = (make) => {
  try {
    return make()
  } catch (error) {
    return `refused: ${error.message}`
  }
}
for (const text of ['PT90M', 'PT1H30M', 'PT0S', 'P2D', 'PT2D']) {
  const written = attempt(() => Duration.parse(text).toIsoString())
  console.log('parsed', text, attempt(() => `${Duration.parse(text).toSeconds()} s, written ${written}`))
}
console.log('built', Duration.minutes(90).toIsoString(), Duration.hours(36).toIsoString(), Duration.days(2).toIsoString())
END
cat > probe.py <<'END'
import isodate

for text in ("PT1H30M", "P2D", "PT2D", "PT1D12H"):
    try:
        print("isodate", text, isodate.parse_duration(text))
    except isodate.ISO8601Error:
        print("isodate", text, "refused")
END
{ node probe.mjs && python/bin/python probe.py; } > seen.txt
diff - seen.txt <<'SEEN'
parsed PT90M 5400 s, written refused: Unexpected time unit: millis
parsed PT1H30M 5400 s, written refused: Unexpected time unit: millis
parsed PT0S 0 s, written PT0S
parsed P2D refused: Not a valid ISO duration: P2D
parsed PT2D 172800 s, written refused: Unexpected time unit: millis
built PT1H30M PT1D12H PT2D
isodate PT1H30M 1:30:00
isodate P2D 2 days, 0:00:00
isodate PT2D refused
isodate PT1D12H refused
SEEN
