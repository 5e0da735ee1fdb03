#!/bin/sh
# Made by tracegen; edit the profile instead. `tracegen build` makes it anew.
#
# Makes the bucket on a SeaweedFS and the user, who may read, write and list in it.
# It needs the command weed; set WEED_MASTER to the master's host and port where
# it is not localhost:9333.
#
# Run it as often as you like, with the keys that Tempo's Secret has:
#
#   TEMPO_ACCESS_KEY=... TEMPO_SECRET_KEY=... sh bootstrap.sh
set -eu

bucket=traces
user=tempo
: "${TEMPO_ACCESS_KEY:?set it to the access key that Tempo logs in with}"
: "${TEMPO_SECRET_KEY:?set it to the secret key that Tempo logs in with}"

master=${WEED_MASTER:-localhost:9333}
echo s3.bucket.list | weed shell -master="$master" | grep -qE "^ *$bucket([[:space:]]|\$)" ||
	echo "s3.bucket.create -name $bucket" | weed shell -master="$master"
echo "s3.configure -user $user -access_key $TEMPO_ACCESS_KEY -secret_key $TEMPO_SECRET_KEY -buckets $bucket -actions Read,Write,List,Tagging -apply" |
	weed shell -master="$master" >/dev/null
