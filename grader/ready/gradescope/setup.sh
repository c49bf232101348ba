#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: Node, bubblewrap, and what the course needs.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}

# Marks are equal for equal seeds under one version of Node: take the one that you grade with elsewhere.
version=${NODE_VERSION:-20.20.2}

case $(uname -m) in
  x86_64) machine=x64 ;;
  aarch64) machine=arm64 ;;
  *)
    echo "There is no Node for $(uname -m); take another machine for this image." >&2
    exit 1
    ;;
esac

export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends bubblewrap ca-certificates curl git xz-utils

if [[ $(node --version 2>/dev/null) != "v$version" ]]; then
  name=node-v$version-linux-$machine.tar.xz
  folder=$(mktemp -d)
  cd "$folder"
  curl --fail --silent --show-error --location --retry 3 --remote-name "https://nodejs.org/dist/v$version/$name"
  curl --fail --silent --show-error --location --retry 3 --remote-name "https://nodejs.org/dist/v$version/SHASUMS256.txt"
  grep " $name\$" SHASUMS256.txt | sha256sum --check -
  tar --extract --xz --file "$name" --directory /usr/local --strip-components 1 --no-same-owner
  cd /
  rm -r "$folder"
fi

# Hidden scenes and the secret are nobody's but root's.
chmod -R go-rwx "$root/source/course/grader/suites"
[[ ! -f $root/source/seeds.secret ]] || chmod 600 "$root/source/seeds.secret"

cd "$root/source/course"
npm ci --ignore-scripts
