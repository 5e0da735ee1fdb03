#!/bin/sh
# Made by tracegen; edit the profile instead. `tracegen build` makes it anew.
#
# Makes the bucket on a Garage, brings the key in, and lets it read and write. It
# needs the command garage with the cluster's configuration, so run it on a node,
# or set GARAGE to what reaches one, such as "docker exec garage /garage".
#
# Garage takes a key only that begins with GK, with 24 hexadecimal digits after
# it, and a secret key of 64 of them: "garage key create" makes such a pair. A key
# that is there already keeps its secret.
#
# Run it as often as you like, with the keys that Tempo's Secret has:
#
#   TEMPO_ACCESS_KEY=... TEMPO_SECRET_KEY=... sh bootstrap.sh
set -eu

bucket=traces
user=tempo
: "${TEMPO_ACCESS_KEY:?set it to the access key that Tempo logs in with}"
: "${TEMPO_SECRET_KEY:?set it to the secret key that Tempo logs in with}"

garage=${GARAGE:-garage}
$garage bucket info "$bucket" >/dev/null 2>&1 || $garage bucket create "$bucket"
$garage key info "$TEMPO_ACCESS_KEY" >/dev/null 2>&1 || $garage key import --yes -n "$user" "$TEMPO_ACCESS_KEY" "$TEMPO_SECRET_KEY"
$garage bucket allow --read --write "$bucket" --key "$TEMPO_ACCESS_KEY"
