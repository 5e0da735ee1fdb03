#!/bin/sh
# Made by tracegen; edit the profile instead. `tracegen build` makes it anew.
#
# Makes the bucket, the policy and the user on a Minio, and attaches the policy to
# the user. Run it as often as you like, and after each change of the secret key,
# which nothing else brings to a user that exists:
#
#   TEMPO_SECRET_KEY=... sh bootstrap.sh
#
# It needs mc from March 2023 or later, with an alias for the server that has
# administrator's rights:
#
#   mc alias set minio http://minio.observability.svc.cluster.local:9000 ACCESS_KEY SECRET_KEY
set -eu

alias=minio
bucket=tempo-traces
user=tempo
policy=tempo
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
: "${TEMPO_SECRET_KEY:?set it to the secret key that Tempo logs in with}"

mc mb --ignore-existing "$alias/$bucket"
mc admin policy create "$alias" "$policy" "$here/policy.json"
printf '%s\n%s\n' "$user" "$TEMPO_SECRET_KEY" | mc admin user add "$alias"
attached=$(mc --json admin user info "$alias" "$user" | sed -n 's/.*"policyName":"\([^"]*\)".*/\1/p')
case ",$attached," in
*",$policy,"*) echo "policy $policy is attached to user $user already" ;;
*) mc admin policy attach "$alias" "$policy" --user "$user" ;;
esac
