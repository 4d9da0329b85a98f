#!/bin/sh
# Extract, check and build the example site; say where things are and what is held.
set -u
publish=.venv/bin/publish
$publish extract || exit 1
$publish check || exit 1
$publish build
code=$?
# 3: done, and something is held because it is not reviewed. German is only begun.
[ "$code" = 0 ] || [ "$code" = 3 ] || exit "$code"
show() {
  for file in $2; do
    case $file in */sections/* | */tags/*) continue ;; esac
    [ -f "$file" ] && echo "$1: $file"
  done
}
echo
show "Turkish page" "dist/site/tr/*/index.html"
show "Arabic page" "dist/site/ar/*/index.html"
show "Turkish mail" "dist/mail/tr/*.eml"
show "All of it" dist/site/index.html
