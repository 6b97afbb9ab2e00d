package backup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/ui/uitest/practice"
)

func TestRestoreInOrder(t *testing.T) {
	run(t, 3, func(t *testing.T, s *sample) {
		s.choose(1)
		s.openRestore()
		s.openRestore() // a second Enter
		s.Settle()
		if len(s.Proofs) != 1 || len(s.asked) != 0 {
			t.Fatalf("proofs: %d, asked: %v", len(s.Proofs), s.asked)
		}
		s.prove()
		if len(s.asked) != 1 || len(s.restored) != 0 {
			t.Fatalf("asked: %v, restored: %v", s.asked, s.restored)
		}
		v := s.asked[0]
		if v.Practice != "Brook Street" || !slices.Equal(v.Counts, []string{"2 people", "1 computer", "3 patients"}) || v.Damaged != "" {
			t.Errorf("%+v", v)
		}
		s.restore()
		s.restore()
		s.Settle()
		if len(s.restored) != 1 || s.restored[0].Content().Path != s.paths[1] {
			t.Errorf("restored: %v", s.restored)
		}
	})
}

// TestRestoreAsksAgainAfterAWhile: the proof of who is there may be long ago by the yes.
func TestRestoreAsksAgainAfterAWhile(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.openRestore()
		s.Pass(time.Hour)
		s.restore()
		if s.Settle(); len(s.Proofs) != 1 || len(s.restored) != 0 {
			t.Fatalf("proofs: %d, restored: %v", len(s.Proofs), s.restored)
		}
		s.prove()
		if len(s.restored) != 1 {
			t.Errorf("restored: %v", s.restored)
		}
	})
}

func TestRestoreViewSaysHowNewItsDataIs(t *testing.T) {
	v := newRestoreView(auth.BackupContent{Changed: time.Date(2026, 11, 24, 9, 5, 0, 0, time.Local), Damaged: 2})
	if v.Changed != "Data of 24 Nov 2026, 9:05" || !strings.Contains(v.Then[1], "after 24 Nov 2026, 9:05") || !strings.HasPrefix(v.Damaged, "2 records") {
		t.Errorf("%+v", v)
	}
}

func TestRestoreTakenBack(t *testing.T) {
	for name, takeBack := range map[string]func(*sample){
		"step-up cancelled": func(s *sample) { s.Last().Cancel() },
		"cancelled": func(s *sample) {
			s.Last().Submit(s.Anna.Password, "")
			s.Settle()
			s.cancel()
		},
		"the dialog cancelled": func(s *sample) {
			s.Last().Submit(s.Anna.Password, "")
			s.Pass(time.Minute)
			if s.opened == nil {
				s.T.Fatal("there is no dialog to cancel")
			}
			s.forgetRestore()
		},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, 0, func(t *testing.T, s *sample) {
				s.Anna.Delay(time.Second)
				s.openRestore()
				s.Pass(time.Minute)
				takeBack(s)
				s.Pass(time.Minute)
				s.restore()
				s.Settle()
				if v := s.shown(); len(s.restored) != 0 || s.opened != nil || v.Busy != "" || v.Error != "" {
					t.Errorf("%+v", v)
				}
			})
		})
	}
}

// Opening a backup changes nothing, so who cancels late is asked nothing more.
func TestRestoreCancelledTooLate(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.openRestore()
		synctest.Wait()
		s.cancel()
		s.Settle()
		if v := s.shown(); len(s.asked) != 0 || s.opened != nil || v.Busy != "" {
			t.Errorf("asked: %v, %+v", s.asked, v)
		}
	})
}

// TestRestoreFromBeforeTheLinkNeedsTheKit: this computer, or this password, opens it no more.
func TestRestoreFromBeforeTheLinkNeedsTheKit(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		if err := s.Anna.Session.ChangePassword(t.Context(), s.Anna.Password, "eight loud cranes walk"); err != nil {
			t.Fatal(err)
		}
		s.Anna.Password = "eight loud cranes walk"
		s.Anna.StepUp()
		s.openRestore()
		s.Settle()
		if v := s.shown(); !slices.Equal(s.kitPaths, s.paths[:1]) || v.Error != "" || len(s.asked) != 0 {
			t.Fatalf("%q, %+v", s.kitPaths, v)
		}
	})
}

func TestRestoreErrors(t *testing.T) {
	for err, want := range map[error]string{
		auth.ErrDamaged:       "This backup is damaged",
		auth.ErrNewerDatabase: "A newer Anteroom made this backup.",
		auth.ErrFolder:        "This backup is not there any more.",
	} {
		run(t, 0, func(t *testing.T, s *sample) {
			s.Anna.StepUp()
			s.Anna.Stop(fmt.Errorf("open: %w", err))
			s.wantRestoreError(t, want)
		})
	}
	run(t, 0, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		another := practice.New(t, practice.Records{})
		s.Memory.PutBackup(s.info.Files[0], another.Memory.Rows())
		s.wantRestoreError(t, "This backup is of another practice.")
	})
}

// wantRestoreError sees how the error begins that opening a backup ends with.
func (s *sample) wantRestoreError(t *testing.T, want string) {
	t.Helper()
	s.openRestore()
	s.Settle()
	if v := s.shown(); !strings.HasPrefix(v.Error, want) || len(s.asked) != 0 || !v.CanRestore {
		t.Errorf("%q: %+v", want, v)
	}
}
