#!/bin/sh
# The programs that the tests run: gettext's tools, strace, openssl, i18nspector, a browser, fonts,
# Java and npm for the W3C's checker of HTML, and Apertium for Spanish (4 MB to fetch).
set -u
packages=
need() { command -v "$1" >/dev/null 2>&1 || packages="$packages $2"; }
need msgfmt gettext
need strace strace
need openssl openssl
need i18nspector i18nspector
need chromium chromium
need java default-jre-headless
need npm npm
fc-list 2>/dev/null | grep -q 'Noto.*Arabic' || packages="$packages fonts-noto-core fontconfig"
[ -e /usr/share/apertium/modes/eng-spa.mode ] || packages="$packages apertium-eng-spa"
need apertium-apy apertium-apy
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || packages="$packages postgresql"
[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 && exit 0
fi
echo "make: the tests need programs that are not here: apt-get install$packages" >&2
exit 1
