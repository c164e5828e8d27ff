# The front door. Each target makes all it needs from nothing: Python 3.11-3.13 and the network are all that is presumed.
# GNU make 3.81 or newer and any POSIX shell. Windows without them: docs/installing.md has the same steps by hand.

VENV   ?= .venv
MODELS ?= .venv-models

# A virtual environment on Windows keeps its programs in Scripts.
ifeq ($(OS),Windows_NT)
  BIN = $(VENV)/Scripts
  MODELS_BIN = $(MODELS)/Scripts
else
  BIN = $(VENV)/bin
  MODELS_BIN = $(MODELS)/bin
endif

READY        = $(VENV)/.apex-ready
MODELS_READY = $(MODELS)/.apex-ready
GROUND       = pyproject.toml .ci/environment tests/textmate/package-lock.json

FILM     = examples/first_light/first_light.apex
FILM_OUT = examples/first_light/out/first_light.mp4
FILM_MUSIC = examples/first_light/audio/first_light.ogg

# Test workers: two keep two cores busy; more gain little, and each compiles the kernels once.
JOBS ?= 2

.PHONY: help film test test-page test-models lint format bench docs pictures setup setup-models clean distclean

help:
	@echo "make film         render the example film ($(FILM_OUT))"
	@echo "make test         run every test that needs no torch, with coverage"
	@echo "make test-page    run the preview's page in Chromium and Firefox, where they are installed"
	@echo "make test-models  run the tests that need torch and its kin (in $(MODELS))"
	@echo "make lint         ruff and mypy --strict"
	@echo "make format       let ruff put the code in shape"
	@echo "make bench        print how fast it is, against a floor measured in the same run"
	@echo "make docs         write the Python reference into build/docs"
	@echo "make pictures     make the pictures of docs/ anew from the films that stand there"
	@echo "make setup        make $(VENV) and nothing else"
	@echo "make clean        remove what was built (distclean: the environments too)"

film: $(READY) $(FILM_MUSIC)
	@$(BIN)/apexc render $(FILM)
	@echo "Your film: $(FILM_OUT)    The text it is made from: $(FILM)"

$(FILM_MUSIC): | $(READY)
	@echo "apex: making the film's music"
	@$(BIN)/python examples/first_light/make_music.py

test: $(READY)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --ignore=tests/models --ignore-glob='*/test_page*.py' --cov --cov-report=term $(ARGS)

# In real browsers, whose clocks go on when the machine is busy: alone, and what fails once is tried once more.
test-page: $(READY)
	@$(BIN)/python -m pytest tests/preview/test_page.py tests/preview/test_page_firefox.py $(ARGS) || \
	  $(BIN)/python -m pytest tests/preview/test_page.py tests/preview/test_page_firefox.py --last-failed $(ARGS)

test-models: $(MODELS_READY)
	@$(MODELS_BIN)/python -m pytest tests/models $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY)
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: $(READY)
	@for file in tests/bench/bench_*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

docs: $(READY)
	@$(BIN)/pdoc --output-directory build/docs apexlang
	@echo "The reference: build/docs/index.html"

pictures: $(READY)
	@$(BIN)/python docs/make_pictures.py

setup: $(READY)

setup-models: $(MODELS_READY)

$(READY): $(GROUND)
	@sh .ci/environment $(VENV) dev
	@touch $@

$(MODELS_READY): $(GROUND)
	@sh .ci/environment $(MODELS) models
	@touch $@

clean:
	rm -rf build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf examples/*/out examples/*/.apex
	find apexlang tests examples -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) $(MODELS)
