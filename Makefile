# Anteroom. `make` alone lists what can be made.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup build run demo test check more vet lint together unit keyring postgres endure tour whole model journey bench idle windows package-windows test-windows package-linux package-macos test-macos clean

go      := .ci/go
tags    := migrated_fynedo,no_emoji
ifeq ($(shell uname),Darwin)
tags    := $(tags),no_animations# nothing moves by itself: see ui/shell/still.go
endif
version  = $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
# No VCS stamp: git refuses to tell in a folder of another owner, as in many build containers.
flags    = -trimpath -buildvcs=false

# What only computes is built without the race detector, under which it takes most of the time of
# all tests: SQLite, ciphers, letter shapes, PDF. Our code, Fyne and the rest are watched.
computing = modernc.org crypto golang.org/x/crypto golang.org/x/image github.com/go-text codeberg.org/go-pdf
race      = -race $(foreach path,$(computing),-gcflags=$(path)/...=-race=false)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

setup: ## install what building and testing need (Debian, Ubuntu)
	@.ci/setup build test

build: setup ## build bin/anteroom
	@echo "==> building bin/anteroom $(version)"
	@$(go) build $(flags) -tags $(tags) -ldflags "-X main.version=$(version)" -o bin/anteroom ./cmd/anteroom

run: build ## start the program; without a display, take the tour on a virtual one
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		echo "==> starting Anteroom"; exec bin/anteroom; \
	else \
		echo "==> no display here: the tour on a virtual one, three minutes"; \
		exec $(MAKE) --no-print-directory tour; \
	fi

demo: build ## a practice of invented people, in a temporary folder
	@echo "==> starting Anteroom with a practice of invented people"
	@exec bin/anteroom --demo

test: vet together keyring tour ## what must hold, in ten minutes
	@echo "==> all passed"

check: test more ## everything

# A cold cross-build and a cold Wine are twenty minutes more: only where the first was done.
more: lint whole model journey $(if $(wildcard bin/anteroom.exe),test-windows) ## what `make check` has beyond `make test`
	@echo "==> all passed$(if $(wildcard bin/anteroom.exe),,, but for make test-windows: there is no bin/anteroom.exe yet)"

vet: setup ## check form and usual mistakes
	@echo "==> gofmt, go vet"
	@unformatted=$$("$$($(go) env GOROOT)/bin/gofmt" -l .); \
		if [ -n "$$unformatted" ]; then echo "run gofmt -w on:" $$unformatted; exit 1; fi
	@$(go) vet -tags ci,$(tags) ./...
	@$(go) vet -tags ci,$(tags),journey,bench,keyring_real,postgres ./cmd/journey ./auth/keyring ./data/...
	@echo "==> vet for the other systems"
	@.ci/vet ci,$(tags)
	@$(go) vet .ci/bundle.go
	@echo "==> go mod tidy, actionlint, shellcheck"
	@$(go) mod tidy -diff
	@.ci/tool actionlint
	@shellcheck $$(grep -rlI '^#!' .ci)

lint: setup ## linters, and known vulnerabilities where their database can be reached (minutes when cold)
	@echo "==> go mod tidy of the tools"
	@for tool in .ci/tools/*/; do $(go) -C $$tool mod tidy -diff || exit 1; done
	@echo "==> golangci-lint"
	@.ci/tool golangci-lint run
	@.ci/tool golangci-lint run --build-tags ci,$(tags),keyring_real ./auth/keyring
	@.ci/vulnerabilities

# What draws takes five times as long under the race detector: `make whole` has it there.
drawing = ^anteroom/ui/(shell|frontdesk.*|paper|recovery|screen|settings.*|signin|widgets)$$

together: setup # the PostgreSQL tests wait most of their time, in which the others work
	@$(MAKE) --no-print-directory -j2 unit postgres

unit: setup ## tests without a display, fewer random rounds; the race detector over all that draws nothing
	@echo "==> unit tests"
	@$(go) test -short $(race) -timeout 30m -tags ci,$(tags) $$($(go) list ./... | grep -vE '$(drawing)')
	@$(go) test -short -timeout 30m -tags ci,$(tags) $$($(go) list ./... | grep -E '$(drawing)')

whole: setup ## the same tests, all random rounds, the race detector over everything
	@echo "==> unit tests, whole"
	@$(go) test $(race) -timeout 60m -tags ci,$(tags) ./...
	@.ci/with-postgres $(go) test -p 1 -short $(race) -timeout 60m -tags ci,$(tags),postgres ./data/store/postgres ./data/location ./data/desk
	@$(go) test -exec '$(CURDIR)/.ci/not-root' -short $(race) -timeout 60m -tags ci,$(tags),postgres ./data/host

endure: setup ## all rounds of the PostgreSQL tests: two hundred kills, slow networks, moves; half an hour
	@echo "==> PostgreSQL tests, all rounds"
	@.ci/with-postgres $(go) test -p 1 -count=1 -timeout 60m -tags ci,$(tags),postgres ./data/store/postgres ./data/location

model: setup ## ten thousand random sequences of sign-ins against a simple model, 200 more on SQLite, 100 on PostgreSQL
	@echo "==> the model of sign-in"
	@$(go) test -count=1 -timeout 30m -tags ci,$(tags) -run '^TestModel$$' ./auth -args -sequences=10000
	@$(go) test -count=1 -timeout 30m -tags ci,$(tags) -run '^TestModel$$' ./data/store -args -sequences=200
	@.ci/with-postgres $(go) test -count=1 -timeout 60m -tags ci,$(tags),postgres -run '^TestModel$$' ./data/store/postgres -args -sequences=100

keyring: setup ## tests against a real Secret Service
	@echo "==> keyring tests"
	@.ci/with-keyring $(go) test -count=1 -tags keyring_real ./auth/keyring

# What crashes the server has one of its own.
postgres: setup ## tests against a real PostgreSQL, which is started for them or which Anteroom makes
	@echo "==> PostgreSQL tests"
	@.ci/with-postgres $(go) test -short -timeout 20m -tags ci,$(tags),postgres ./data/store/postgres & \
	crashed=$$!; failed=0; \
	.ci/with-postgres $(go) test -p 1 -short -timeout 20m -tags ci,$(tags),postgres ./data/location ./data/desk || failed=$$?; \
	$(go) test -exec '$(CURDIR)/.ci/not-root' -short -timeout 20m -tags ci,$(tags),postgres ./data/host || failed=$$?; \
	wait $$crashed && exit $$failed

tour: build ## the help page's journey on a virtual display; pictures in build/tour
	@echo "==> the tour"
	@$(go) -C cmd/journey test -count=1 -timeout 30m -tags journey -run '^TestTour$$'

journey: build ## all that users do, on virtual displays; pictures in build/tour
	@echo "==> the journeys"
	@$(go) -C cmd/journey test -count=1 -timeout 60m -tags journey -run '^(TestReads|TestNoWindow|TestFits|TestDesks|TestJourney|TestReceptionist|TestReceptionistByMouse)$$'

bench: build ## speed: the packages, and the start beside a bare window and KeePassXC
	@.ci/setup bench
	@echo "==> benchmarks"
	@$(go) test -run '^$$' -bench . -benchmem -tags ci,$(tags) ./...
	@echo "==> many desks, on SQLite and on PostgreSQL"
	@.ci/with-postgres $(go) test -run '^$$' -bench Desks -benchtime 1x -tags ci,$(tags),postgres ./data/desk
	@echo "==> start"
	@$(go) build $(flags) -tags migrated_fynedo -o bin/bare ./cmd/journey/bare
	@$(go) test -count=1 -timeout 10m -tags bench -run '^(TestStart|TestPaint)$$' -v ./cmd/journey

idle: build ## what each screen takes of a core while nobody touches it, beside a bare window
	@$(go) build $(flags) -tags $(tags) -o bin/bare ./cmd/journey/bare
	@echo "==> at rest, fifteen minutes"
	@$(go) test -count=1 -timeout 60m -tags bench -run '^TestIdle$$' -v ./cmd/journey

windows: setup ## cross-build bin/anteroom.exe (minutes when cold)
	@.ci/setup windows
	@echo "==> building bin/anteroom.exe $(version)"
	@.ci/tool go-winres make --in resources/packaging/windows/winres.json --arch amd64 \
		--product-version $(version).0 --file-version $(version).0 --out cmd/anteroom/resources
	@CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc $(go) build $(flags) \
		-tags $(tags) -ldflags "-s -w -H=windowsgui -X main.version=$(version)" -o bin/anteroom.exe ./cmd/anteroom

package-windows: windows ## installers for Windows in dist (MESA, POSTGRES: folders to bring along; SIGN_CERT, SIGN_KEY)
	@.ci/setup package-windows
	@echo "==> packages for Windows"
	@.ci/package-windows

test-windows: package-windows ## what Wine can run: tests for Windows, the server as a service, the installer, the help page's journey
	@.ci/setup wine
	@echo "==> tests for Windows, under Wine"
	@GOOS=windows GOARCH=amd64 CGO_ENABLED=0 .ci/with-wine bash -c '$(go) test -overlay "$$WINE_OVERLAY" -exec wine -short -timeout 30m -tags ci,$(tags) ./...'
	@echo "==> the server as a service of Windows, under Wine"
	@GOOS=windows GOARCH=amd64 CGO_ENABLED=0 .ci/with-wine $(go) test -exec '$(CURDIR)/.ci/wine-installed' -count=1 -timeout 15m -tags ci,postgres -run '^(TestService|TestIsSafe|TestFailedAt)$$' ./data/host
	@echo "==> the installer and the help page's journey, under Wine"
	@.ci/with-wine .ci/walk-windows

package-linux: setup ## .deb and .rpm in dist, checked: docs/packaging.md
	@.ci/setup package-linux
	@echo "==> building Anteroom $(version) for packages"
	@$(go) build $(flags) -tags $(tags) -ldflags "-s -w -X main.version=$(version)" -o build/programs/anteroom-package ./cmd/anteroom
	@.ci/package-linux build/programs/anteroom-package

package-macos: ## Anteroom.app in dist, of PROGRAM, which was built on a Mac: docs/packaging.md
	@.ci/setup package-macos
	@.ci/package-macos $(PROGRAM)

test-macos: setup ## the package for macOS around a stand-in that needs no Mac (minutes when cold)
	@.ci/setup package-macos check-macos
	@.ci/check-macos

clean: ## remove what was built
	rm -rf bin build dist
