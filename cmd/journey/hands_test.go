//go:build journey || bench

package journey

import (
	"fmt"
	"image"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Key presses keys one after the other: "Tab", "Return", "ctrl+a".
func (d *desk) Key(keys ...string) {
	d.Helper()
	d.tool("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "20"}, keys...)...)
}

// Type types ASCII and pastes anything else, for which this keyboard has no keys.
func (d *desk) Type(text string) {
	d.Helper()
	if strings.IndexFunc(text, func(r rune) bool { return r > '~' }) >= 0 {
		d.setClipboard(text)
		d.Key("ctrl+v")
		return
	}
	d.tool("xdotool", "type", "--clearmodifiers", "--delay", "10", "--", text)
}

// Fill types a form: into the field that has the focus, then into those that follow, then Enter.
func (d *desk) Fill(fields ...string) {
	d.Helper()
	for i, text := range fields {
		if i > 0 {
			d.Key("Tab")
		}
		d.Type(text)
	}
	d.Key("Return")
}

// Copied does what is to copy something, and returns what was copied.
func (d *desk) Copied(do func()) string {
	d.Helper()
	const before = "nothing copied yet"
	d.setClipboard(before)
	do()
	var text string
	d.until(usualWait, "something to be copied", func() bool {
		text = d.clipboard()
		return text != "" && text != before
	})
	return text
}

// Click clicks on what can be read on the screen, with the left button.
func (d *desk) Click(text string) { d.click(text, 1) }

// RightClick does so with the right button.
func (d *desk) RightClick(text string) { d.click(text, 3) }

func (d *desk) click(text string, button int) {
	d.Helper()
	at := d.find(text)
	d.tool("xdotool", "mousemove", fmt.Sprint(at.X), fmt.Sprint(at.Y), "click", fmt.Sprint(button))
}

// Drag takes what can be read at one place by so many pixels, with the left button.
func (d *desk) Drag(text string, by image.Point) {
	d.Helper()
	from := d.find(text)
	move := func(at image.Point) { d.tool("xdotool", "mousemove", fmt.Sprint(at.X), fmt.Sprint(at.Y)) }
	move(from)
	d.tool("xdotool", "mousedown", "1")
	const steps = 8
	for i := 1; i <= steps; i++ {
		move(from.Add(by.Mul(i).Div(steps)))
	}
	d.tool("xdotool", "mouseup", "1")
}

// find waits until a text can be read on the screen, and says where its middle is. Where it stands several times it is the
// topmost.
func (d *desk) find(text string) (at image.Point) {
	d.Helper()
	d.until(usualWait, fmt.Sprintf("%q to be found on the screen", text), func() bool {
		ink := printed(withoutBarcode(d.look()))
		for _, as := range []layout{asPage, asWords} {
			if place := placeOf(d.words(ink, as), text); !place.Empty() {
				at = place.Min.Add(place.Max).Div(2)
				return true
			}
		}
		return false
	})
	return at
}

func (d *desk) clipboard() string {
	text, _ := d.try("xclip", "-selection", "clipboard", "-out")
	return text
}

func (d *desk) setClipboard(text string) {
	d.Helper()
	// xclip stays behind to serve the text: with no pipe of ours in its hands, so no feed here.
	cmd := d.command(d.Context(), "xclip", "-selection", "clipboard", "-in")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		d.Fatalf("xclip: %v", err)
	}
	// It may take the clipboard only now, and from who copied something meanwhile.
	d.until(usualWait, "the clipboard to have the text", func() bool { return strings.TrimSpace(d.clipboard()) == strings.TrimSpace(text) })
}

// windows returns the ids of the windows shown with this title.
func (d *desk) windows(title string) []string {
	out, _ := d.try("xdotool", "search", "--onlyvisible", "--name", "^"+regexp.QuoteMeta(title)+"$")
	return strings.Fields(out)
}

// A phone is what an authenticator app remembers after a scan.
type phone struct {
	issuer, account, secret string
	used                    int64 // the newest time step a code was shown for
}

// Scan waits for a barcode on the screen and reads it, like a phone's camera.
func (d *desk) Scan() *phone {
	d.Helper()
	var link *url.URL
	d.until(usualWait, "a barcode", func() bool {
		text, err := d.feed(encode(d.look()), "zbarimg", "--quiet", "--raw", "-")
		if err != nil {
			return false // zbarimg's word for "none found"
		}
		if link, err = url.Parse(text); err != nil {
			d.Fatal(err)
		}
		return true
	})
	_, account, _ := strings.Cut(strings.TrimPrefix(link.Path, "/"), ":")
	q := link.Query()
	issuer := q.Get("issuer")
	if link.Scheme != "otpauth" || link.Host != "totp" || account == "" || issuer == "" {
		d.Fatalf("not a barcode an authenticator app takes: %s", link)
	}
	return &phone{issuer: issuer, account: account, secret: q.Get("secret")}
}

const step = 30 // seconds that a code is shown for

// NextCode waits for the first code that this phone has not shown yet. After its first one the
// phone may be ahead by a step, which counts (RFC 6238 §5.2): so there is less to wait for.
func (d *desk) NextCode(p *phone) string {
	d.Helper()
	time.Sleep(time.Until(time.Unix(p.used*step, 0)))
	p.used = max(p.used+1, time.Now().Unix()/step)
	return d.code(p, p.used)
}

// usedNow says that the code shown now does not count any more, nor the next, which could have been
// given early: data from before they were shown can't tell whether they were used.
func (p *phone) usedNow() { p.used = time.Now().Unix()/step + 1 }

// UsedCode returns the code shown last.
func (d *desk) UsedCode(p *phone) string {
	d.Helper()
	return d.code(p, p.used)
}

// WrongCode returns a code that this phone shows neither now nor a minute before or after.
func (d *desk) WrongCode(p *phone) string {
	d.Helper()
	right := map[string]bool{}
	for now, s := time.Now().Unix()/step, int64(-2); s <= 2; s++ {
		right[d.code(p, now+s)] = true
	}
	for n := 0; ; n++ {
		if code := fmt.Sprintf("%06d", n); !right[code] {
			return code
		}
	}
}

func (d *desk) code(p *phone, at int64) string {
	d.Helper()
	return d.tool("oathtool", "--totp", "--base32", fmt.Sprintf("--now=@%d", at*step), p.secret)
}
