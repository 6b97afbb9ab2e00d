package totp

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// maxURI bounds what goes into the barcode, in bytes: 367 fill a barcode of 65
// modules (version 12, level L), so that with its border each module is 3
// pixels wide on a card of 220, and a phone reads it at arm's length.
const maxURI = 367

// URI is what the barcode says, in the key URI format that authenticator apps
// read: "otpauth://totp/issuer:account?secret=…&issuer=…". A colon ends the
// issuer in the label, so it drops out there and stands in the parameter only:
// "Smith & Sons: Clinic" is a good name for a practice. Where names are too
// long for a readable barcode, first the issuer leaves the label (apps read the
// parameter), then the longer name is shortened with "…".
func URI(secret Secret, issuer, account string) string {
	prefix := escape(strings.ReplaceAll(issuer, ":", "")) + ":"
	for {
		uri := "otpauth://totp/" + prefix + escape(account) + "?secret=" + secret.String() + "&issuer=" + escape(issuer)
		if len(uri) <= maxURI {
			return uri
		}
		switch {
		case prefix != "" && !strings.Contains(account, ":"):
			prefix = ""
		case len(escape(issuer)) >= len(escape(account)):
			issuer = shorten(issuer)
		default:
			account = shorten(account)
		}
		if prefix != "" {
			prefix = escape(strings.ReplaceAll(issuer, ":", "")) + ":"
		}
	}
}

// escape is percent-encoding for both the path and the query; url.PathEscape
// would leave '&' and ':' alone, url.QueryEscape makes '+' of a space.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// shorten replaces the last character before an ellipsis.
func shorten(s string) string {
	s = strings.TrimSuffix(s, "…")
	_, size := utf8.DecodeLastRuneInString(s)
	return strings.TrimRight(s[:len(s)-size], " \u200d\ufe0f") + "…"
}
