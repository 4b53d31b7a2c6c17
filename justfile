# `just` lists the recipes. The commands work as they stand, without just, from the root of the sources.

bin := ".venv/bin"

default:
    @just --list

# the README's second command
test:
    sh -c "$(scripts/readme_command test)"

lint:
    {{ bin }}/ruff check src checks reports tests scripts sample_inputs
    {{ bin }}/ruff format --check src checks reports tests scripts sample_inputs
    {{ bin }}/mypy
    {{ bin }}/lint-imports

# docs/checks.md, docs/claims/, docs/accuracy.md (two minutes) and the binary sample documents
generate:
    {{ bin }}/python scripts/make_docs.py
    {{ bin }}/python scripts/make_claims_docs.py
    {{ bin }}/python scripts/make_accuracy.py
    {{ bin }}/python sample_inputs/generate.py
    {{ bin }}/python scripts/make_notice_template.py
    {{ bin }}/python scripts/make_screenshots.py

bench:
    {{ bin }}/python tests/benchmarks/bench_startup.py
    {{ bin }}/python tests/benchmarks/bench_docx.py
    {{ bin }}/pip install -q jieba
    {{ bin }}/python tests/benchmarks/bench_peers.py

# thousands of reports; also: bench_batch.py kills, docx --markitdown PYTHON, pdf
bench-batch:
    {{ bin }}/python tests/benchmarks/bench_batch.py scale

ci:
    .ci/run
