package vault

// What the tests from outside need of the inside: what a second implementation
// must make too and the package itself never hands out.

func KitOf(symbols []byte) KitSecret   { return KitSecret{s: [kitSymbols]byte(symbols)} }
func KitSymbols(s KitSecret) []byte    { return s.s[:] }
func LinkOf(symbols []byte) LinkSecret { return LinkSecret{s: [linkSymbols]byte(symbols)} }
func LinkSymbols(s LinkSecret) []byte  { return s.s[:] }
func AADBytes(p AAD) []byte            { return p.bytes() }
