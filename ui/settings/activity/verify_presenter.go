package activity

import (
	"context"
	"errors"
	"sync/atomic"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// verify reads the whole log and says whether it is as it was written.
func (a *activity) verify() {
	if a.check.IsBusy() {
		return
	}
	a.result = ""
	var found auth.LogBreak
	var count atomic.Int64
	a.check.Start(func(ctx context.Context) (err error) {
		report := a.check.Report(ctx)
		found, err = a.session.VerifyActivity(ctx, func(done, total int) {
			count.Store(int64(total))
			report(done, total)
		})
		return err
	}, func(err error) {
		switch {
		case a.IsOver(err):
		case errors.Is(err, context.Canceled):
			a.say(false, lang.L("Stopped. Not all entries were looked at."))
		case err != nil:
			a.say(false, words.Error(err))
		case found.Seq == 0:
			a.say(true, intactText(max(count.Load(), a.log.count)))
		default:
			a.say(false, breakText(found))
		}
	})
}

// stopVerify stops it. It may come too late.
func (a *activity) stopVerify() { a.check.Cancel() }

// say says how something went that was asked for.
func (a *activity) say(good bool, text string) {
	a.good, a.result = good, text
	a.show()
}

func intactText(count int64) string {
	return lang.N("Intact: all {{.Number}} entries are as they were written.", int(count), map[string]any{"Number": words.Number(count)})
}

// breakText says what is wrong with the log, and what to do.
func breakText(b auth.LogBreak) string {
	number := map[string]any{"Number": words.Number(b.Seq)}
	how := lang.L("Entry {{.Number}} was changed after it was written.", number)
	switch b.How {
	case auth.LogMissing:
		how = lang.L("Entry {{.Number}} is missing: somebody removed it.", number)
	case auth.LogMoved:
		how = lang.L("Entry {{.Number}} is not in its place: another entry stands there.", number)
	case auth.LogCut:
		how = lang.L("Entry {{.Number}} and all after it are gone.", number)
	case auth.LogAdded:
		how = lang.L("Entry {{.Number}} was not written by Anteroom: somebody added it.", number)
	}
	return lang.L("{{.How}} Tell who looks after the practice, and keep the backups: they hold the entries as they were.", map[string]any{"How": how})
}
