#!/bin/sh
# Builds the wheel, and tests it in an environment of its own.
#
# usage: bindings/python/wheel.sh BUILD PYTHON [test | spark]
#
# The wheel goes to BUILD/wheels; auditwheel, where patchelf and it can be had, puts the
# libraries that it needs beside it and says for which systems it is. A wheel has to stay
# under 60 MB. Packages come from PyPI by pip.
set -eu
build=$1 python=$2 what=${3:-build}
here=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$build/wheels"
build=$(cd "$build" && pwd)
env=$build/python-env
most=60000000

[ -x "$env/bin/python" ] || "$python" -m venv "$env"
pip() { "$env/bin/python" -m pip install -q --disable-pip-version-check "$@"; }

newest() { ls -t "$build"/wheels/*.whl 2>/dev/null | head -1; }
stale() {
  wheel=$(newest)
  [ -z "$wheel" ] || [ -n "$(find "$here/src" "$here/include" "$here/data" "$here/bindings/python" "$here/spark" \
    "$here/CMakeLists.txt" -newer "$wheel" -type f ! -path '*/__pycache__/*' | head -1)" ]
}

make_wheel() {
  pip build auditwheel patchelf
  rm -f "$build"/wheels/*.whl
  "$env/bin/python" -m build --wheel --outdir "$build/wheels" "$here/bindings/python" >"$build/wheel.log" 2>&1 || {
    tail -20 "$build/wheel.log"
    exit 1
  }
  plain=$(newest)
  if PATH="$env/bin:$PATH" "$env/bin/auditwheel" repair -w "$build/wheels" "$plain" >>"$build/wheel.log" 2>&1; then
    rm -f "$plain"
  else
    echo "wheel: auditwheel could not repair it, see $build/wheel.log; it is for this system alone"
  fi
}

if stale; then make_wheel; fi
wheel=$(newest)
size=$(stat -c %s "$wheel")
echo "wheel: $wheel, $size bytes"
[ "$size" -lt "$most" ] || {
  echo "wheel: more than $most bytes"
  exit 1
}
[ "$what" != build ] || exit 0

# The package from the wheel, not from the tree: run.py lays out what is not installed.
case $what in
test) pip cffi pytest mypy pyarrow pandas pyarrow-stubs pandas-stubs types-cffi spacy ;;
spark) pip cffi pytest pyarrow "pandas<3" pyspark ;;
esac
pip --force-reinstall --no-deps "$wheel"
tests=$here/bindings/python/tests
cd "$build"
site=$("$env/bin/python" -c 'import hearsay, os; print(os.path.dirname(hearsay.__file__))')
export HEARSAY="$build/hearsay"
case $what in
test)
  "$env/bin/python" -m mypy --config-file "$here/bindings/python/pyproject.toml" --cache-dir "$build/mypy" -p hearsay
  "$env/bin/python" -B -m pytest -q -p no:cacheprovider "$tests"
  "$env/bin/python" -B -m pytest -q -p no:cacheprovider --doctest-modules --doctest-glob='*.md' "$site/__init__.py" \
    "$site/engine.py" "$site/rows.py" "$site/frames.py" "$site/store.py" "$here/bindings/python/README.md"
  ;;
spark) "$env/bin/python" -B -m pytest -q -p no:cacheprovider "$here/spark/tests" ;;
esac
