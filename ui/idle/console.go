package idle

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

var (
	errNoList    = errors.New("no property list of the registry's root in what ioreg says")
	errNoConsole = errors.New("no IOConsoleLocked and no session of this user's in what ioreg says")
)

// watchConsole calls lock whenever the session was locked or lost the screen, until
// ctx ends. An ioreg that fails or hangs says nothing, so it locks nobody out.
func watchConsole(ctx context.Context, ioreg func(context.Context, ...string) (string, error), uid int, lock func()) {
	poll(ctx, ioregPause, func() (bool, error) {
		ctx, cancel := context.WithTimeout(ctx, ioregPause)
		defer cancel()
		output, err := ioreg(ctx, "-a", "-d", "1", "-n", "Root")
		if err != nil {
			return false, err
		}
		return consoleAway(output, uid)
	}, lock)
}

// consoleAway says whether a user's session is locked or, by fast user switching,
// not on the screen, by the root of macOS's registry as ioreg prints it: a property
// list in XML. That has
//
//   - IOConsoleLocked: whether what is on the screen is locked.
//   - IOConsoleUsers: the sessions, each with its kCGSSessionUserIDKey,
//     kCGSSessionOnConsoleKey (some saw it false too while the display slept) and,
//     only while it is locked, CGSSessionScreenIsLocked.
//
// https://github.com/apple-oss-distributions/xnu/blob/main/iokit/IOKit/IOKitKeysPrivate.h
func consoleAway(output string, uid int) (bool, error) {
	var list struct {
		Root node `xml:"dict"`
	}
	if err := xml.Unmarshal([]byte(output), &list); err != nil {
		return false, fmt.Errorf("%w: %w", errNoList, err)
	}
	root := list.Root.dict()
	away, known := root["IOConsoleLocked"].truth()
	if away {
		return true, nil
	}
	ours, seen := 0, 0
	for _, child := range root["IOConsoleUsers"].Children {
		session := child.dict()
		if session["kCGSSessionUserIDKey"].text() != strconv.Itoa(uid) {
			continue
		}
		onConsole, told := session["kCGSSessionOnConsoleKey"].truth()
		locked, _ := session["CGSSessionScreenIsLocked"].truth()
		ours++
		if (onConsole || !told) && !locked {
			seen++
		}
	}
	if ours == 0 && !known {
		return false, errNoConsole
	}
	return ours > 0 && seen == 0, nil
}

// node is an element of a property list in XML.
type node struct {
	XMLName  xml.Name
	Text     string `xml:",chardata"`
	Children []node `xml:",any"`
}

// dict is what a dict holds: a key comes before each value.
func (n node) dict() map[string]node {
	values := map[string]node{}
	for i := 0; i+1 < len(n.Children); i += 2 {
		values[n.Children[i].text()] = n.Children[i+1]
	}
	return values
}

func (n node) text() string { return strings.TrimSpace(n.Text) }

// truth is a boolean, which some write as a number.
func (n node) truth() (value, known bool) {
	switch n.XMLName.Local {
	case "true", "false":
		return n.XMLName.Local == "true", true
	case "integer":
		return n.text() != "0", true
	}
	return false, false
}
