package recovery

import (
	"context"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen/screentest"
)

// evening and morning are of data that was put back, and of data seen later.
var (
	evening = time.Date(2026, 11, 23, 17, 40, 0, 0, time.Local)
	morning = evening.Add(14 * time.Hour)
)

func rolledBack() error { return &auth.RolledBackError{Found: evening, Seen: morning} }

func TestExplainReport(t *testing.T) {
	for _, c := range []struct {
		what    string
		report  auth.Report
		heading string
		primary string
		says    []string
		danger  bool
	}{
		{
			"all is well", auth.Report{Opens: true, Linked: true},
			"The kit fits", "Open the practice", []string{"Brook Street, data of 23 Nov 2026 at 17:40"}, false,
		}, {
			"not linked", auth.Report{Opens: true},
			"The kit fits", "Link this computer", []string{"a key of its own", "Every Practice Admin is told"}, false,
		}, {
			"no keyring", auth.Report{Opens: true, Keyring: keyring.ErrNoService},
			"The kit fits", "Open for this run", []string{"nothing is kept on this computer", "the kit is needed again next time"}, false,
		}, {
			"something is wrong", auth.Report{Opens: true, Linked: true, Findings: allFindings()},
			"The kit fits, but something is wrong", "Open the practice",
			[]string{"file are damaged", "changed the practice's name", "which computers hold the key", "at entry 1204", "3 records do not open"}, false,
		}, {
			"the register does not open", auth.Report{Findings: []auth.Finding{{Kind: auth.FindingRegister}}},
			"The practice's data does not open", "Restore the newest good backup", []string{"The register does not open", "set aside, not deleted"}, false,
		}, {
			"no database", auth.Report{Findings: []auth.Finding{{Kind: auth.FindingFile}}},
			"The practice's data does not open", "Restore the newest good backup", []string{"no database at all"}, false,
		}, {
			"rolled back", auth.Report{Opens: true, Linked: true, History: rolledBack()},
			"The practice's data is too old", "Open the practice",
			[]string{"23 Nov 2026 at 17:40", "24 Nov 2026 at 7:40", "What was entered since is not in it", "Everyone signs in again"}, true,
		}, {
			"another history", auth.Report{Opens: true, Linked: true, History: auth.ErrOtherHistory},
			"This is not the data this computer saw last", "Open the practice",
			[]string{"data of 23 Nov 2026 at 17:40", "is not in it", "Every Practice Admin is told"}, true,
		},
	} {
		c.report.Practice = "Brook Street"
		if c.report.Opens {
			c.report.Changed = evening
		}
		text := explainReport(c.report, true)
		want(t, c.what+": heading", text.Heading, c.heading)
		want(t, c.what+": primary", text.Primary, c.primary)
		want(t, c.what+": danger", text.Danger, c.danger)
		all := strings.Join(append(text.Findings, text.Data, text.History, text.Next), "\n")
		for _, says := range c.says {
			if !strings.Contains(all, says) {
				t.Errorf("%s: does not say %q:\n%s", c.what, says, all)
			}
		}
	}
}

// Each kind of finding has a sentence of its own.
func TestFindingsAreSentences(t *testing.T) {
	seen := map[string]auth.FindingKind{}
	for _, f := range append(allFindings(), auth.Finding{Kind: auth.FindingRegister}) {
		text := findingText(f, true)
		if other, twice := seen[text]; twice || !strings.HasSuffix(text, ".") {
			t.Errorf("%s and %s: %q", f.Kind, other, text)
		}
		seen[text] = f.Kind
	}
}

type rescueCase struct {
	*screentest.Bubble
	answers   answers
	shown     rescueView
	presenter *rescue
	opened    []bool // with another history
	done      []bool // for an admin
	restored  int
	back      int
}

func inRescue(t *testing.T, r auth.Report, list []answer, test func(*testing.T, *rescueCase)) {
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &rescueCase{Bubble: b, answers: answers{list: list}}
		c.presenter = newRescue(RescueParams{
			Scope: b.Scope, Report: r,
			Open: func(ctx context.Context, anyHistory bool) error {
				c.opened = append(c.opened, anyHistory)
				return c.answers.next(ctx)
			},
			Done:      func(admin bool) { c.done = append(c.done, admin) },
			OnRestore: func() { c.restored++ },
			OnBack:    func() { c.back++ },
		})
		c.presenter.begin(screentest.View(&c.shown))
		test(t, c)
	})
}

func TestRescueOpens(t *testing.T) {
	for _, admin := range []bool{false, true} {
		inRescue(t, auth.Report{Opens: true}, []answer{{err: keyring.ErrNoAnswer}, {}}, func(t *testing.T, c *rescueCase) {
			press := c.presenter.submit
			if admin {
				press = c.presenter.admin
			}
			press()
			c.Pass(0)
			want(t, "error", c.shown.Error, "The keyring of this computer does not answer. Nothing was changed. Try again.")
			want(t, "done", len(c.done), 0)
			press()
			press()
			c.Pass(0)
			if len(c.opened) != 2 || c.opened[1] || len(c.done) != 1 || c.done[0] != admin {
				t.Errorf("opened %v, done %v, want twice and %v", c.opened, c.done, admin)
			}
		})
	}
}

// Data that is not the newest opens only once its word is typed.
func TestRescueAsksForAWord(t *testing.T) {
	for word, history := range map[string]error{"OLDER": rolledBack(), "ANOTHER": auth.ErrOtherHistory} {
		inRescue(t, auth.Report{Opens: true, Linked: true, History: history}, []answer{{}}, func(t *testing.T, c *rescueCase) {
			for _, wrong := range []string{"", "old", word + "S", "yes"} {
				c.presenter.confirm(wrong)
				want(t, "can submit after "+wrong, c.shown.CanSubmit, false)
				c.presenter.submit()
				c.presenter.admin()
				c.Pass(0)
				want(t, "opened after "+wrong, len(c.opened), 0)
			}
			c.presenter.confirm("  " + strings.ToLower(word) + " ")
			want(t, "can submit", c.shown.CanSubmit, true)
			c.presenter.submit()
			c.Pass(0)
			if len(c.opened) != 1 || !c.opened[0] {
				t.Errorf("opened %v, want with another history", c.opened)
			}
		})
	}
}

// Where the register does not open only a backup helps.
func TestRescueLeadsToABackup(t *testing.T) {
	inRescue(t, auth.Report{}, nil, func(t *testing.T, c *rescueCase) {
		c.presenter.submit()
		c.presenter.admin()
		c.Pass(0)
		want(t, "restore", c.restored, 1)
		want(t, "opened", len(c.opened), 0)
	})
}

func TestRescueDoesOneThingAtATime(t *testing.T) {
	inRescue(t, auth.Report{Opens: true}, []answer{{after: time.Minute}}, func(t *testing.T, c *rescueCase) {
		c.presenter.submit()
		c.presenter.goRestore()
		want(t, "restore while opening", c.restored, 0)
		c.presenter.back()
		c.Pass(0)
		want(t, "back", c.back, 1)
	})
}
