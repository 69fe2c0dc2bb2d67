# Checks each file that the lines of PATTERNS name, and rehearses its briefing if REHEARSE is "true".
# Needs dateline in the PATH, and bash 4 for `**`: that of macOS is older, where a pattern goes down one folder only.
set -uo pipefail
shopt -s nullglob
shopt -s globstar 2>/dev/null
status=0 count=0
# No word of a pattern is split: a name may have spaces.
IFS=
while read -r pattern; do
    for file in $pattern; do
        count=$((count + 1))
        dateline check --format github -- "$file" || status=1
        if [ "$REHEARSE" = true ]; then
            dateline brief --check -- "$file" || status=1
        fi
    done
done <<< "$PATTERNS"
if [ "$count" -eq 0 ]; then
    echo "::error::no file matches \`$PATTERNS\`: name the timelines with the input files" >&2
    status=2
fi
exit "$status"
