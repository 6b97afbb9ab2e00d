# Anteroom. `make` alone lists what can be made.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup build run demo test vet unit model keyring journey bench windows clean

go      := .ci/go
tags    := migrated_fynedo
version  = $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
# No VCS stamp: git refuses to tell in a folder of another owner, as in many build containers.
flags    = -trimpath -buildvcs=false

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## install what building and testing need (Debian, Ubuntu)
	@.ci/setup build test

build: setup ## build bin/anteroom
	@echo "==> building bin/anteroom $(version)"
	@$(go) build $(flags) -tags $(tags) -ldflags "-X main.version=$(version)" -o bin/anteroom ./cmd/anteroom

run: build ## start the program; without a display, walk the journey on a virtual one
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		echo "==> starting Anteroom"; exec bin/anteroom; \
	else \
		echo "==> no display here: walking the journey on a virtual one, pictures in build/tour"; \
		exec $(MAKE) --no-print-directory journey; \
	fi

demo: build ## a practice of invented people, in a temporary folder
	@echo "==> starting Anteroom with a practice of invented people"
	@exec bin/anteroom --demo

test: vet unit model keyring journey ## everything that must hold
	@echo "==> all passed"

vet: setup ## check form and usual mistakes
	@echo "==> gofmt, go vet"
	@unformatted=$$("$$($(go) env GOROOT)/bin/gofmt" -l .); \
		if [ -n "$$unformatted" ]; then echo "run gofmt -w on:" $$unformatted; exit 1; fi
	@$(go) vet -tags ci,$(tags) ./...
	@$(go) vet -tags ci,$(tags),journey,bench,keyring_real ./cmd/journey ./auth/keyring

unit: setup ## tests without a display, with the race detector
	@echo "==> unit tests"
	@$(go) test -race -timeout 30m -tags ci,$(tags) ./...

model: setup ## ten thousand random sequences of sign-ins against a simple model, 200 of them on SQLite
	@echo "==> the model of sign-in"
	@$(go) test -count=1 -timeout 30m -tags ci,$(tags) -run '^TestModel$$' ./auth -args -sequences=10000
	@$(go) test -count=1 -timeout 30m -tags ci,$(tags) -run '^TestModel$$' ./data/store -args -sequences=200

keyring: setup ## tests against a real Secret Service
	@echo "==> keyring tests"
	@.ci/with-keyring $(go) test -count=1 -tags keyring_real ./auth/keyring

journey: build ## the built program on a virtual display, as a user would; pictures in build/tour
	@echo "==> the journey"
	@$(go) test -count=1 -timeout 30m -tags journey -v ./cmd/journey

bench: build ## speed: the packages, and the start beside a bare window and KeePassXC
	@.ci/setup bench
	@echo "==> benchmarks"
	@$(go) test -run '^$$' -bench . -benchmem -tags ci,$(tags) ./...
	@echo "==> start"
	@$(go) build $(flags) -tags $(tags) -o bin/bare ./cmd/journey/bare
	@$(go) test -count=1 -timeout 10m -tags bench -v ./cmd/journey

windows: setup ## cross-build bin/anteroom.exe (minutes when cold)
	@.ci/setup windows
	@echo "==> building bin/anteroom.exe $(version)"
	@CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc $(go) build $(flags) \
		-tags $(tags),accessibility -ldflags "-H=windowsgui -X main.version=$(version)" \
		-o bin/anteroom.exe ./cmd/anteroom

clean: ## remove what was built
	rm -rf bin build dist
