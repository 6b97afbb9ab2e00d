package settings

import (
	"context"
	"errors"
	"sync/atomic"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// checking is the verification of the log, while it goes on.
type checking struct {
	stop    context.CancelFunc // nil: it does not
	lasting bool               // for a moment by now
	done    int                // of total
	total   int                // 0: how far it is can't be told
}

// verify reads the whole log and says whether it is as it was written.
func (a *activity) verify() {
	if a.check.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(a.ctx)
	a.check, a.result = checking{stop: stop}, ""
	a.show()
	a.runner.After(ctx, meterDelay, func() {
		a.check.lasting = true
		a.show()
	})
	var broken int64
	var count atomic.Int64
	meter := a.meter(ctx, a.verified)
	a.runner.Go(a.ctx, func(context.Context) (err error) {
		broken, err = a.session.VerifyActivity(ctx, func(done, total int) {
			count.Store(int64(total))
			meter(done, total)
		})
		return err
	}, func(err error) {
		stop()
		a.check = checking{}
		switch {
		case errors.Is(err, context.Canceled):
			a.say(false, lang.L("Stopped. Not all entries were looked at."))
		case errors.Is(err, auth.ErrSessionEnded):
			a.ended(err)
		case err != nil:
			a.say(false, words.Error(err))
		case broken == 0:
			a.say(true, intactText(max(count.Load(), a.log.count)))
		default:
			a.say(false, breakText(broken))
		}
	})
}

func (a *activity) verified(done, total int) {
	a.check.done, a.check.total = done, total
	a.show()
}

// stopVerify stops it. It may come too late.
func (a *activity) stopVerify() {
	if a.check.stop != nil {
		a.check.stop()
	}
}

// say says how something went that was asked for.
func (a *activity) say(good bool, text string) {
	a.good, a.result = good, text
	a.show()
}

func intactText(count int64) string {
	return lang.N("Intact: all {{.Number}} entries are as they were written.", int(count), map[string]any{"Number": words.Number(count)})
}

// breakText says what is wrong with the log, and what to do.
func breakText(entry int64) string {
	return lang.L("Entry {{.Number}} is not as Anteroom wrote it, or is missing. Tell who looks after the practice, and keep the backups: they hold the entries as they were.",
		map[string]any{"Number": words.Number(entry)})
}
