package host

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// card is an interface of this computer.
type card struct {
	name      string
	addresses []netip.Addr
}

// inner are the beginnings of names of networks that lie within this computer, or lead
// through the internet: no other computer of the practice is there.
var inner = []string{
	"docker", "br-", "veth", "virbr", "lxc", "lxd", "podman", "cni", "vmnet", "vboxnet", "vethernet", "virtualbox", "vmware", "wsl", "bridge",
	"tun", "tap", "utun", "wg", "zt", "tailscale", "ppp", "ipsec", "openvpn",
}

// wireless are the beginnings of names of radio cards.
var wireless = []string{"wl", "wi-fi", "wifi", "wlan"}

// Addresses are what other computers of the network can type to reach this one, the
// likeliest first. The port is left out where it is the usual one.
func (c *Cluster) Addresses() []string {
	port := cmp.Or(c.Port(), Port)
	all, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var cards []card
	for _, i := range all {
		if i.Flags&net.FlagUp == 0 || i.Flags&(net.FlagLoopback|net.FlagPointToPoint) != 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			continue
		}
		found := card{name: i.Name}
		for _, a := range addresses {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				found.addresses = append(found.addresses, prefix.Addr().Unmap())
			}
		}
		cards = append(cards, found)
	}
	return ranked(cards, outward(), port)
}

// outward is the address that the way out of the network has; none: there is no such way.
// Nothing is sent.
func outward() netip.Addr {
	conn, err := net.Dial("udp4", "192.0.2.1:9") // nobody's (RFC 5737)
	if err != nil {
		return netip.Addr{}
	}
	defer conn.Close()
	return conn.LocalAddr().(*net.UDPAddr).AddrPort().Addr().Unmap()
}

// ranked are the addresses, private ones first: that of the way out, then those of cables.
func ranked(cards []card, outward netip.Addr, port uint16) []string {
	begins := func(name string, with []string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasPrefix(strings.ToLower(name), w) })
	}
	type ranking struct {
		rank int
		text string
	}
	var found []ranking
	for _, c := range cards {
		if begins(c.name, inner) {
			continue
		}
		for _, a := range c.addresses {
			if !a.Is4() || !a.IsGlobalUnicast() {
				continue
			}
			r := ranking{1, a.String()}
			switch {
			case a == outward:
				r.rank = 0
			case begins(c.name, wireless):
				r.rank = 2
			}
			if !a.IsPrivate() {
				r.rank += 3 // some networks use addresses that are not theirs
			}
			if port != Port {
				r.text = net.JoinHostPort(r.text, strconv.Itoa(int(port)))
			}
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b ranking) int { return cmp.Compare(a.rank, b.rank) })
	var texts []string
	for _, f := range found {
		texts = append(texts, f.text)
	}
	return texts
}
