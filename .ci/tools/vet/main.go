// Command vet does what go vet does, but reads what a package imports instead of compiling
// it: for another system that takes seconds, not minutes.
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/suite/vet"
)

func main() { multichecker.Main(vet.Suite...) }
